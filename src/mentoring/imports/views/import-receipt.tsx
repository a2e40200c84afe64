import type { VNode } from 'preact'
import { Facts } from '../../../web/components/blocks.js'
import { ButtonLink } from '../../../web/components/form.js'
import { Breadcrumb } from '../../../web/components/links.js'
import { Layout } from '../../../web/layout.js'
import { sayIn } from '../../../web/say.js'
import type { Visitor } from '../../../web/visitor.js'
import type { PastImport } from '../see.js'
import { Divisions, IMPORT_TITLE, Refused, Totals } from './import-parts.js'
import { KeptValues } from './kept-values.js'
import { Leavers } from './proposed-leavers.js'

type Props = {
  visitor: Visitor
  past: PastImport & { names: ReadonlyMap<string, string> }
  page: number
}

/** What an import did: only what was stored. */
export function ImportReceiptPage({ visitor, past, page }: Props): VNode {
  const say = sayIn(visitor.language)
  const title = say({ fr: 'Reçu de l’import', en: 'Receipt of the import' })
  const { id, school, importedAt, summary, names } = past
  return (
    <Layout visitor={visitor} title={title}>
      <Breadcrumb say={say} way={[{ href: '/import', title: say(IMPORT_TITLE) }]} here={title} />
      <h1>{title}</h1>
      <Totals say={say} school={school.name} summary={summary} />
      <Refused say={say} summary={summary} page={page} hrefOf={(n) => `/imports/${id}?page=${n}`} />
      <KeptValues say={say} summary={summary} names={names} />
      <Leavers say={say} summary={summary} names={names} />
      {summary.leavers.some(({ studentId }) => names.has(studentId)) ? (
        <p class="actions">
          <ButtonLink href={`/imports/${id}/leavers`} kind="secondary">
            {say({ fr: 'Terminer leur scolarité ici', en: 'End their schooling here' })}
          </ButtonLink>
        </p>
      ) : null}
      <h2>{say({ fr: 'Ce qui a été importé', en: 'What was imported' })}</h2>
      <Divisions say={say} summary={summary} />
      <Facts
        facts={[
          [say({ fr: 'Importé le', en: 'Imported on' }), say.instant(importedAt)],
          [
            say({ fr: 'Empreinte du fichier (SHA-256)', en: 'Digest of the file (SHA-256)' }),
            <code>{summary.fileDigest}</code>,
          ],
        ]}
      />
      <p class="actions">
        <ButtonLink href="/cohorts" kind="secondary">
          {say({ fr: 'Aller aux cohortes', en: 'Go to the cohorts' })}
        </ButtonLink>
      </p>
    </Layout>
  )
}
