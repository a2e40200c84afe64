import type { VNode } from 'preact'
import { Notice, Table } from '../../web/components/blocks.js'
import { Button, ButtonLink, Field, Form } from '../../web/components/form.js'
import { formStateOf, Sheet, type Asked } from '../../people/views/sheet.js'
import { sayIn, type Say } from '../../web/say.js'
import { AUDIT_ACTIONS, wordsOfAction } from '../audit-words.js'
import { sayChain } from '../health-words.js'
import type { Named } from '../names-store.js'
import type { AuditPage, AuditQuestion } from '../see-audit.js'

const TITLE = { fr: 'Audit', en: 'Audit' }
const LINES = { fr: 'Lignes de l’audit', en: 'Lines of the audit' }

type Props = { asked: Asked; question: AuditQuestion; page: AuditPage }

/** What was done, the latest first; narrowed by a form that needs no script. */
export function AuditView({ asked, question, page }: Props): VNode {
  const say = sayIn(asked.visitor.language)
  const { lines, named, before } = page
  return (
    <Sheet asked={asked} title={TITLE}>
      <p>
        {say({
          fr: 'L’audit tient des identifiants, jamais de noms. Votre lecture y est notée une fois par jour.',
          en: 'The audit holds ids, never names. Your reading is noted in it once a day.',
        })}
      </p>
      <Chain asked={asked} say={say} page={page} />
      <h2>{say({ fr: 'Chercher', en: 'Search' })}</h2>
      <Narrow say={say} question={question} />
      <h2>{say(LINES)}</h2>
      <Table
        quiet
        caption={say(LINES)}
        head={[
          say({ fr: 'Ligne', en: 'Line' }),
          say({ fr: 'Quand', en: 'When' }),
          say({ fr: 'Quoi', en: 'What' }),
          say({ fr: 'Par', en: 'By' }),
          say({ fr: 'Sur', en: 'On' }),
          say({ fr: 'Détails', en: 'Details' }),
        ]}
        rows={lines.map((line) => [
          String(line.id),
          say.instant(line.at),
          say(wordsOfAction(line.action)),
          <Id say={say} id={line.actor} named={named.get(line.actor)} />,
          <Id say={say} id={line.subject} named={named.get(line.subject)} />,
          line.details === '{}' ? '–' : <code>{line.details}</code>,
        ])}
        empty={say({
          fr: 'Aucune ligne ne répond à cette question dans la partie qui a été lue.',
          en: 'No line answers this question in the part that was read.',
        })}
      />
      <nav class="actions" aria-label={say({ fr: 'Suite', en: 'Go on' })}>
        {before === undefined ? null : (
          <ButtonLink kind="secondary" href={`/admin/audit?${queryOf({ ...question, before })}`}>
            {say({ fr: 'Lignes plus anciennes', en: 'Older lines' })}
          </ButtonLink>
        )}{' '}
        {lines.length === 0 ? null : (
          <a href={`/admin/audit.csv?${queryOf(question)}`}>
            {say({ fr: 'Cette page en CSV', en: 'This page as CSV' })}
          </a>
        )}
      </nav>
    </Sheet>
  )
}

function Chain({ asked, say, page: { check } }: { asked: Asked; say: Say; page: AuditPage }) {
  const found = {
    checkedAt: check?.checked_at ?? null,
    entries: check?.entries ?? null,
    brokenAt: check?.broken_at ?? null,
  }
  const kind = !check ? 'info' : check.broken_at === null ? 'success' : 'error'
  return (
    <>
      <h2>{say({ fr: 'Chaîne', en: 'Chain' })}</h2>
      <Notice kind={kind}>{sayChain(found, say)}</Notice>
      <Form state={formStateOf(asked)}>
        <Button kind="secondary">
          {say({ fr: 'Vérifier la chaîne maintenant', en: 'Validate the chain now' })}
        </Button>
      </Form>
    </>
  )
}

function Narrow({ say, question }: { say: Say; question: AuditQuestion }): VNode {
  const actions = Object.keys(AUDIT_ACTIONS).sort((one, other) =>
    say(wordsOfAction(one)).localeCompare(say(wordsOfAction(other)), say.language),
  )
  const state = { say, csrfToken: undefined, problem: undefined }
  const rest = { state, optional: 'either' } as const
  return (
    <form method="get" action="/admin/audit">
      <Field
        {...rest}
        name="day"
        type="date"
        label={say({ fr: 'Jour', en: 'Day' })}
        {...valueOf(question.day)}
      />
      <div class="field">
        <label for="field-action">{say({ fr: 'Ce qui a été fait', en: 'What was done' })}</label>
        <select id="field-action" name="action">
          <option value="">{say({ fr: 'Tout', en: 'Anything' })}</option>
          {actions.map((action) => (
            <option key={action} value={action} selected={action === question.action}>
              {say(wordsOfAction(action))}
            </option>
          ))}
        </select>
      </div>
      <Field
        {...rest}
        name="actor"
        label={say({ fr: 'Par qui (identifiant)', en: 'By whom (id)' })}
        {...valueOf(question.actor)}
      />
      <Field
        {...rest}
        name="subject"
        label={say({ fr: 'Sur quoi (identifiant)', en: 'On what (id)' })}
        {...valueOf(question.subject)}
      />
      <Button>{say({ fr: 'Chercher', en: 'Search' })}</Button>
    </form>
  )
}

function valueOf(value: string | undefined): { value?: string } {
  return value === undefined ? {} : { value }
}

function Id({ say, id, named }: { say: Say; id: string; named: Named | undefined }): VNode {
  const words = named ? say(named.words) : undefined
  if (named?.href === undefined) return words ? <>{words}</> : <code>{id}</code>
  return (
    <>
      <a href={named.href}>{words}</a> <code>{id}</code>
    </>
  )
}

function queryOf(question: AuditQuestion): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(question))
    if (value !== undefined) query.set(name, String(value))
  return query.toString()
}
