import type { VNode } from 'preact'
import { formStateOf, Sheet, type Asked } from '../../../people/views/sheet.js'
import { Facts, Notice } from '../../../web/components/blocks.js'
import { Button, ErrorSummary, Field, Form, type FormState } from '../../../web/components/form.js'
import type { Words } from '../../../words.js'
import { Commitment, FunctionField } from '../../views/dossier-actions.js'
import { Requirements } from '../../views/requirements.js'
import { CODE_MINUTES } from '../answer.js'
import type { LinkStep } from '../store.js'
import type { CompanyVisit } from '../visit.js'

type Props = {
  asked: Asked
  visit: CompanyVisit
  token: string
  /** In a demo alone, where nobody has a mailbox. */
  code?: string | undefined
}

/** What somebody of a company is asked, without an account: the facts, what will be signed, and one answer. */
export function LinkPage({ asked, visit, token, code }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { step, person, school, company, version, student } = visit
  const { name, description } = version.definition
  return (
    <Sheet asked={asked} title={TITLES[step]}>
      {state.problem?.values.act === visit.step ? null : <ErrorSummary state={state} />}
      <p>
        {say({ fr: 'Bonjour', en: 'Hello' })} {person.givenName} {person.familyName}.{' '}
        {say(ASKED[step]({ school, company, student }))}
      </p>
      <h2>
        Badge&nbsp;: <span lang="fr">{name}</span>
      </h2>
      <p lang="fr">{description}</p>
      <p>
        <a href={`/achievements/${version.templatePublicId}/v/${version.number}`}>
          {say({ fr: 'Voir ses critères', en: 'See its criteria' })}
        </a>
      </p>
      <h2>{say({ fr: 'Les faits', en: 'The facts' })}</h2>
      <Requirements say={say} id="requirement" requirements={visit.requirements} />
      {visit.obstacle ? (
        <Notice kind="warning">
          <p>{say(visit.obstacle)}</p>
        </Notice>
      ) : step === 'assess' ? (
        <Assessing state={state} visit={visit} />
      ) : (
        <Endorsing state={state} visit={visit} code={code} />
      )}
      <p class="soft">
        {say({
          fr: 'Ce lien est pour vous seul et sert une fois. Si vous ne voulez pas répondre, ne faites rien.',
          en: 'This link is for you alone and serves once. If you do not want to answer, do nothing.',
        })}{' '}
        <a href={`/e/${token}/data`}>
          {say({ fr: 'Mes données derrière ce lien', en: 'My data behind this link' })}
        </a>
      </p>
    </Sheet>
  )
}

type StepProps = { state: FormState; visit: CompanyVisit }

function Assessing({ state, visit }: StepProps): VNode {
  const { say } = state
  return (
    <>
      <h2>{say({ fr: 'Votre évaluation', en: 'Your assessment' })}</h2>
      <p>
        {say({
          fr: `Vous avez vu ${visit.student} travailler : vous dites que les critères de ce badge sont atteints. Une autre personne de l’entreprise l’endossera. Le badge dira votre fonction, jamais votre nom.`,
          en: `You saw ${visit.student} work: you say that the criteria of this badge are met. Somebody else of the company will endorse it. The badge will say your function, never your name.`,
        })}
      </p>
      <Form state={state}>
        <Hidden act="assess" visit={visit} />
        <FunctionField state={state} value={visit.link.function} />
        <p class="actions">
          <Button>{say({ fr: 'Évaluer : les critères sont atteints', en: 'Assess: met' })}</Button>
        </p>
      </Form>
    </>
  )
}

function Endorsing({ state, visit, code }: StepProps & { code: string | undefined }): VNode {
  const { say } = state
  return (
    <>
      <h2>{say({ fr: 'Ce qui sera signé', en: 'What will be signed' })}</h2>
      <p>
        {say({
          fr: `Votre commentaire, tel que vous l’écrivez, avec la clé de « ${visit.company} » ; et ceci, qui ne nomme ni vous ni l’élève :`,
          en: `Your comment, as you write it, with the key of “${visit.company}”; and this, which names neither you nor the student:`,
        })}
      </p>
      <Facts
        facts={[
          [say({ fr: 'Évaluation', en: 'Assessment' }), visit.dossier.assessed_function ?? '–'],
          [
            say({ fr: 'Engagement', en: 'Commitment' }),
            say({ fr: 'votre fonction, ci-dessous', en: 'your function, below' }),
          ],
          [
            say({ fr: 'Empreinte du dossier', en: 'Digest of the dossier' }),
            <code>{visit.link.digest}</code>,
          ],
        ]}
      />
      <CodeAsked state={state} visit={visit} code={code} />
      <h2>{say({ fr: 'Engager l’entreprise', en: 'Commit the company' })}</h2>
      <Form state={state}>
        <Hidden act="endorse" visit={visit} />
        <FunctionField state={state} value={visit.link.function} />
        <Commitment state={state} company={visit.company} />
        <Field
          state={state}
          name="code"
          autocomplete="one-time-code"
          label={say({ fr: 'Code reçu par courriel', en: 'Code received by mail' })}
          hint={say({ fr: 'Huit chiffres.', en: 'Eight figures.' })}
        />
        <p class="actions">
          <Button>{say({ fr: 'Endosser ce badge', en: 'Endorse this badge' })}</Button>
        </p>
      </Form>
    </>
  )
}

function CodeAsked({ state, visit, code }: StepProps & { code: string | undefined }): VNode {
  const { say } = state
  const isSent = visit.link.code_sent_at !== null
  return (
    <>
      <h2>{say({ fr: 'Votre code', en: 'Your code' })}</h2>
      <p>
        {say({
          fr: `Un code montre que c’est bien vous qui lisez l’adresse à laquelle ce lien est arrivé. Il vaut ${CODE_MINUTES} minutes.`,
          en: `A code shows that it is you who reads the address at which this link arrived. It lasts ${CODE_MINUTES} minutes.`,
        })}
      </p>
      {code === undefined ? null : (
        <Notice kind="warning">
          <p>
            {say({
              fr: 'Démonstration, sans boîte aux lettres : le code serait',
              en: 'Demonstration, without a mailbox: the code would be',
            })}{' '}
            <strong>{code}</strong>
          </p>
        </Notice>
      )}
      <Form state={{ ...state, problem: undefined }}>
        <Hidden act="code" visit={visit} />
        <p class="actions">
          <Button kind={isSent ? 'secondary' : 'primary'}>
            {isSent
              ? say({ fr: 'Recevoir un nouveau code', en: 'Receive a new code' })
              : say({ fr: 'Recevoir un code', en: 'Receive a code' })}
          </Button>
        </p>
      </Form>
    </>
  )
}

function Hidden({ act, visit }: { act: string; visit: CompanyVisit }): VNode {
  return (
    <>
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="digest" value={visit.link.digest} />
    </>
  )
}

/** After the answer: the link has served. */
export function AnsweredByLinkPage({
  asked,
  step,
  token,
}: {
  asked: Asked
  step: LinkStep
  token: string
}): VNode {
  const { say } = formStateOf(asked)
  return (
    <Sheet asked={asked} title={THANKS}>
      <p>{say(DONE[step])}</p>
      <p>
        <a href={`/e/${token}/data`}>
          {say({ fr: 'Mes données derrière ce lien', en: 'My data behind this link' })}
        </a>
      </p>
    </Sheet>
  )
}

const THANKS: Words = { fr: 'Merci', en: 'Thank you' }
const DONE: Readonly<Record<LinkStep, Words>> = {
  assess: {
    fr: 'Votre évaluation est enregistrée. Une autre personne de votre entreprise peut endosser le badge.',
    en: 'Your assessment is recorded. Somebody else of your company may endorse the badge.',
  },
  endorse: {
    fr: 'Le badge est endossé. Le lycée peut l’approuver ; il est alors signé.',
    en: 'The badge is endorsed. The school may approve it; it is then signed.',
  },
}
const TITLES: Readonly<Record<LinkStep, Words>> = {
  assess: { fr: 'Évaluer un dossier', en: 'Assess a dossier' },
  endorse: { fr: 'Endosser un badge', en: 'Endorse a badge' },
}
type Names = Readonly<{ school: string; company: string; student: string }>
const ASKED: Readonly<Record<LinkStep, (names: Names) => Words>> = {
  assess: ({ school, company, student }) => ({
    fr: `« ${school} » vous demande, pour « ${company} », d’évaluer ce dossier de ${student}.`,
    en: `“${school}” asks you, for “${company}”, to assess this dossier of ${student}.`,
  }),
  endorse: ({ school, company, student }) => ({
    fr: `« ${school} » vous demande d’engager « ${company} » pour ce badge de ${student}.`,
    en: `“${school}” asks you to commit “${company}” to this badge of ${student}.`,
  }),
}
