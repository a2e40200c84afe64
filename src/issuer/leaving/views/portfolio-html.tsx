import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { sayIn } from '../../../web/say.js'
import { LANGUAGES, type Language } from '../../../words.js'
import { STATES } from '../../views/my-badges-page.js'
import { MANIFEST, type Kept } from '../manifest.js'

type Of = Readonly<{ issuer: string; madeAt: string }>
type Props = { badges: readonly Kept[]; of: Of; publicUrl: string }

/** A page of its own, to be read without us: no script, nothing that is loaded from elsewhere, both languages. */
export function portfolioHtml(badges: readonly Kept[], of: Of, publicUrl: string): string {
  return `<!doctype html>${renderToString(<Whole {...{ badges, of, publicUrl }} />)}`
}

const STYLE = `body{font:1.05rem/1.55 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1e1b18;background:#fff}
h1,h2,h3{font-family:Georgia,serif;line-height:1.25}article{border-top:1px solid #d9d1c4;padding:1rem 0;overflow:hidden}
img{float:right;width:7rem;margin:0 0 .5rem 1rem}dt{color:#5a534b}dd{margin:0 0 .4rem}a,code{overflow-wrap:anywhere}
section+section{border-top:3px double #5a534b;margin-top:3rem}`

function Whole(props: Props): VNode {
  return (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Mes badges – My badges</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <nav>
          <a href="#fr" lang="fr">
            Français
          </a>
          {' · '}
          <a href="#en" lang="en">
            English
          </a>
        </nav>
        <main>
          {LANGUAGES.map((language) => (
            <InLanguage key={language} language={language} {...props} />
          ))}
        </main>
      </body>
    </html>
  )
}

function InLanguage({ language, badges, of, publicUrl }: Props & { language: Language }): VNode {
  const say = sayIn(language)
  const on = say.day(of.madeAt.slice(0, 10))
  return (
    <section id={language} lang={language}>
      <h1>{say({ fr: 'Mes badges de compétences', en: 'My competency badges' })}</h1>
      <p>
        {say({
          fr: `Ce dossier a été fait le ${on}. Il se lit sans internet et ne dit pas à qui les badges ont été délivrés.`,
          en: `This folder was made on ${on}. It can be read without internet and does not say to whom the badges were issued.`,
        })}
      </p>
      {badges.map((badge) => (
        <OneBadge key={badge.folder} say={say} badge={badge} />
      ))}
      <h2>{say({ fr: 'Comment les vérifier', en: 'How to verify them' })}</h2>
      <p>
        {say({
          fr: 'Chaque badge signé (JSON, PNG ou SVG) se vérifie seul, chez tout vérificateur d’Open Badges 3.0, ou à la page ',
          en: 'Each signed badge (JSON, PNG or SVG) verifies by itself, at any verifier of Open Badges 3.0, or at ',
        })}
        <a href={`${publicUrl}/verify`}>{`${publicUrl}/verify`}</a>.{' '}
        {say({
          fr: 'La feuille PDF n’est pas signée : elle est pour le papier.',
          en: 'The PDF sheet is not signed: it is for paper.',
        })}
      </p>
      <p>
        {say({
          fr: 'Le fichier ',
          en: 'The file ',
        })}
        <code>{MANIFEST}</code>
        {say({
          fr: ` donne l’empreinte SHA-256 de chaque fichier. Il est signé par ${of.issuer} ; « sceau check-archive » vérifie le tout.`,
          en: ` gives the SHA-256 of each file. It is signed by ${of.issuer}; “sceau check-archive” checks the whole.`,
        })}
      </p>
    </section>
  )
}

function OneBadge({ say, badge }: { say: ReturnType<typeof sayIn>; badge: Kept }): VNode {
  const { name, folder, language, state, school, companies, validFrom, link } = badge
  const file = (form: string) => `${folder}badge.${form}`
  return (
    <article>
      <img src={file('svg')} alt="" />
      <h2 lang={language}>{name}</h2>
      <dl>
        <dt>{say({ fr: 'Délivré par', en: 'Issued by' })}</dt>
        <dd>{school}</dd>
        {companies.length > 0 ? (
          <>
            <dt>{say({ fr: 'Endossé par', en: 'Endorsed by' })}</dt>
            <dd>{say.list(companies)}</dd>
          </>
        ) : null}
        <dt>{say({ fr: 'Attribué', en: 'Awarded' })}</dt>
        <dd>{say.month(validFrom.slice(0, 7))}</dd>
        <dt>{say({ fr: 'État ce jour-là', en: 'State on that day' })}</dt>
        <dd>{say(STATES[state].words)}</dd>
        {link ? (
          <>
            <dt>{say({ fr: 'Se vérifie en ligne à', en: 'Can be verified online at' })}</dt>
            <dd>
              <a href={link.url}>{link.url}</a>
              {link.code === null ? null : (
                <>
                  {say({ fr: ', code ', en: ', code ' })}
                  <code>{link.code}</code>
                </>
              )}
              {link.untilDay === null
                ? null
                : say({
                    fr: `, jusqu’au ${say.day(link.untilDay)}`,
                    en: `, until ${say.day(link.untilDay)}`,
                  })}
            </dd>
          </>
        ) : null}
      </dl>
      <p>
        {say({ fr: 'Fichiers :', en: 'Files:' })} <a href={file('json')}>JSON</a>,{' '}
        <a href={file('png')}>PNG</a>, <a href={file('svg')}>SVG</a>,{' '}
        <a href={file('pdf')}>{say({ fr: 'feuille PDF', en: 'PDF sheet' })}</a>
      </p>
    </article>
  )
}
