import type { VNode } from 'preact'
import { Facts } from '../../web/components/blocks.js'
import { PictureList } from '../../web/components/certificate.js'
import { Button, ButtonLink, Field, Form } from '../../web/components/form.js'
import { Layout } from '../../web/layout.js'
import { sayIn } from '../../web/say.js'
import type { Visitor } from '../../web/visitor.js'
import type { Words } from '../../words.js'
import { EXAMPLES } from '../examples.js'

const FOR_WHOM: readonly (readonly [Words, Words])[] = [
  [
    { fr: 'Lycées', en: 'Lycées' },
    {
      fr: 'Suivez les cohortes, le mentorat et les stages ; délivrez des badges qui complètent le bac pro.',
      en: 'Follow cohorts, mentoring and placements; issue badges that complement the bac pro.',
    },
  ],
  [
    { fr: 'Entreprises', en: 'Companies' },
    {
      fr: 'Définissez les compétences que vous recherchez ; endossez ce que vous avez vu faire.',
      en: 'Define the competencies that you look for; endorse what you have seen done.',
    },
  ],
  [
    { fr: 'Élèves', en: 'Students' },
    {
      fr: 'Gardez vos badges ; choisissez seuls à qui les montrer.',
      en: 'Keep your badges; you alone choose whom to show them to.',
    },
  ],
]

/** For anybody: what Sceau is, a badge to verify, three examples. */
export function FirstPage({ visitor }: { visitor: Visitor }): VNode {
  const say = sayIn(visitor.language)
  const title = say({ fr: 'Des badges que l’on peut croire', en: 'Badges that can be believed' })
  const lead = say({
    fr: 'Sceau délivre des badges de compétences aux élèves de lycée professionnel. Chacun repose sur un mentorat ou un stage enregistré, et porte la signature du lycée et celle de l’entreprise.',
    en: 'Sceau issues competency badges to students of vocational lycées. Each rests on recorded mentoring or a placement, and bears the signature of the lycée and that of the company.',
  })
  return (
    <Layout visitor={visitor} title={title} description={lead} indexed>
      <div class="sheet framed certificate">
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        <VerifyForm visitor={visitor} />
        <PictureList badges={EXAMPLES} />
        <p class="soft small">
          {say({
            fr: 'Trois exemples, proposés aux entreprises qui commencent.',
            en: 'Three examples, offered to companies that begin. Their names are in French.',
          })}
        </p>
      </div>
      <h2>{say({ fr: 'Pour qui', en: 'For whom' })}</h2>
      <Facts facts={FOR_WHOM.map(([who, what]) => [say(who), say(what)])} />
    </Layout>
  )
}

function VerifyForm({ visitor }: { visitor: Visitor }): VNode {
  const say = sayIn(visitor.language)
  const state = { say, csrfToken: visitor.csrfToken, problem: undefined }
  return (
    <Form state={state} action="/verify">
      <Field
        state={state}
        name="badge"
        label={say({ fr: 'Vérifier un badge', en: 'Verify a badge' })}
        hint={say({
          fr: 'Collez le badge que l’on vous a envoyé, ou son lien, ou tapez son code.',
          en: 'Paste the badge that was sent to you, or its link, or type its code.',
        })}
      />
      <p class="actions">
        <Button>{say({ fr: 'Vérifier ce badge', en: 'Verify this badge' })}</Button>
        <ButtonLink href="/verify" kind="quiet">
          {say({ fr: 'C’est une image ou un fichier', en: 'It is a picture or a file' })}
        </ButtonLink>
      </p>
    </Form>
  )
}
