import { z } from 'zod'
import { page } from '../../web/page.js'
import { PageNumber } from '../../web/validate.js'
import { seeProofs } from '../authority/see-proofs.js'
import { ProofsPage } from '../authority/views/proofs.js'
import { saveLinkedInId, seeOrganisation } from './linkedin-id.js'
import { OrganisationPage } from './views/organisation.js'

const proofsPage = page({
  path: '/organisations/proofs',
  access: 'signed-in',
  query: z.object({ only: z.enum(['due', 'all']).catch('due'), page: PageNumber }),
  async show(ctx, asked, actor) {
    const seen = await seeProofs(ctx, actor, asked.query)
    return <ProofsPage asked={asked} only={asked.query.only} seen={seen} />
  },
})

const organisationPage = page({
  path: '/organisations/:id',
  access: 'signed-in',
  params: z.object({ id: z.string().max(64) }),
  form: z.object({ linkedInId: z.string().max(100).default('') }),
  async show(ctx, asked, actor) {
    const seen = await seeOrganisation(ctx, actor, asked.params.id)
    return <OrganisationPage asked={asked} seen={seen} />
  },
  async submit(ctx, { params: { id: organisationId }, form }, actor) {
    await saveLinkedInId(ctx, actor, { organisationId, linkedInId: form.linkedInId })
    const notice = { fr: 'Le numéro est enregistré.', en: 'The number is saved.' }
    return { to: `/organisations/${organisationId}`, notice }
  },
})

export const organisationPages = [proofsPage, organisationPage]
