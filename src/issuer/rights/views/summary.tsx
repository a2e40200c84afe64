import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { SUMMARY, type Section } from '../summary.data.js'

export type Copied = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>

/** A page of its own, to be read without us: what we hold of somebody, in French. */
export function summaryHtml(copied: Copied, madeOn: string): string {
  return `<!doctype html>${renderToString(<Summary copied={copied} madeOn={madeOn} />)}`
}

function Summary({ copied, madeOn }: { copied: Copied; madeOn: string }): VNode {
  return (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Mes données dans Sceau</title>
      </head>
      <body>
        <main>
          <h1>Mes données dans Sceau</h1>
          <p>
            Copie faite le {madeOn}. Tout ce que le service garde sur vous est dans{' '}
            <code>donnees.json</code>, à l’usage des programmes ; cette page en montre l’essentiel.
            Les badges signés sont dans le dossier <code>badges</code>, tels qu’ils ont été signés.
          </p>
          {SUMMARY.map((section) => (
            <Part section={section} rows={copied[section.table] ?? []} />
          ))}
        </main>
      </body>
    </html>
  )
}

function Part({ section, rows }: { section: Section; rows: Copied[string] }): VNode {
  const { title, columns } = section
  return (
    <section>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p>Rien.</p>
      ) : (
        <table>
          <thead>
            <tr>
              {columns.map(([, name]) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr>
                {columns.map(([column]) => (
                  <td>{shown(row[column])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '–'
}
