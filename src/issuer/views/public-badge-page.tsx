import type { VNode } from 'preact'
import { HowWeKnow } from '../../people/authority/views/how-we-know.js'
import { CheckGroups } from '../../verifier/views/check-groups.js'
import { BadgePicture } from '../../web/components/certificate.js'
import { Verdict } from '../../web/components/status.js'
import { Layout } from '../../web/layout.js'
import { sayIn, type Say } from '../../web/say.js'
import type { Visitor } from '../../web/visitor.js'
import type { BadgeShown } from '../badge-shown.js'
import type { LinkForm } from '../link-address.js'
import type { PublicBadge } from '../public-badge.js'
import { standingOf, standingSentence, STANDING_TONES } from '../standing.js'
import { AwardLines, BadgeContent } from './badge-content.js'
import { HolderWords } from './holder-words.js'
import { LinkOnPaper } from './link-on-paper.js'
import { WithdrawnNotice } from '../withdrawals/views/withdrawn.js'

type Props = {
  visitor: Visitor
  token: string
  badge: PublicBadge
  /** Of the service: what others show of a page is looked up from afar. */
  publicUrl: string
}

/** A shared badge, for whoever has its link: what was signed, and what was checked just now. */
export function PublicBadgePage({ visitor, token, badge, publicUrl }: Props): VNode {
  const say = sayIn(visitor.language)
  const { shown } = badge
  const tone = STANDING_TONES[standingOf(badge)]
  const title = shown?.name ?? say({ fr: 'Badge illisible', en: 'Unreadable badge' })
  return (
    <Layout
      visitor={visitor}
      title={title}
      head={shown ? <Preview {...{ say, shown, publicUrl, url: badge.link.url }} /> : undefined}
    >
      <article>
        {tone === 'valid' ? null : <Standing say={say} badge={badge} />}
        <WithdrawnNotice say={say} withdrawn={badge.withdrawn} />
        <div class={`sheet framed two award ${tone}`}>
          {shown ? <BadgePicture src={shown.picture} alt="" /> : null}
          <div>
            <h1 lang={shown?.language}>{title}</h1>
            {shown ? <AwardLines say={say} shown={shown} {...domainOf(badge)} /> : null}
            {shown ? <HowWeKnow say={say} known={badge.known} /> : null}
            {shown ? <p lang={shown.language}>{shown.description}</p> : null}
            {tone === 'valid' ? <Standing say={say} badge={badge} /> : null}
          </div>
        </div>
        <h2>{say({ fr: 'Ce qui vient d’être vérifié', en: 'What was checked just now' })}</h2>
        <CheckGroups report={badge.report} say={say} />
        <p class="soft small">
          {say({ fr: 'Vérifié le', en: 'Checked on' })} {say.instant(badge.report.verifiedAt)}.
        </p>
        {shown ? <BadgeContent say={say} shown={shown} withEvidence={badge.link.evidence} /> : null}
        {shown ? <About say={say} shown={shown} holder={badge.link.holder} /> : null}
        {shown ? <TakeAway say={say} token={token} signed={badge.link.evidence} /> : null}
        <h2>{say({ fr: 'Sur papier, ou au téléphone', en: 'On paper, or by telephone' })}</h2>
        <LinkOnPaper say={say} url={badge.link.url} code={badge.link.code} />
        <Until say={say} day={badge.link.untilDay} />
      </article>
    </Layout>
  )
}

type PreviewProps = { say: Say; shown: BadgeShown; publicUrl: string; url: string }

/** What a message or a network shows of a link: the badge, never whose it is. */
function Preview({ say, shown, publicUrl, url }: PreviewProps): VNode {
  const by = say({ fr: `Délivré par ${shown.school}`, en: `Issued by ${shown.school}` })
  const properties = {
    'og:type': 'website',
    'og:site_name': 'Sceau',
    'og:locale': { fr: 'fr_FR', en: 'en_GB' }[say.language],
    'og:url': url,
    'og:title': shown.name,
    'og:description': `${by}, ${say.month(shown.validFrom.slice(0, 7))}`,
    'og:image': new URL(shown.picture, publicUrl).href,
    'og:image:type': 'image/png',
    'og:image:alt': say({ fr: 'L’image du badge', en: 'The picture of the badge' }),
  }
  return (
    <>
      {Object.entries(properties).map(([property, content]) => (
        <meta key={property} property={property} content={content} />
      ))}
      <meta name="twitter:card" content="summary" />
    </>
  )
}

function Until({ say, day }: { say: Say; day: string | null }): VNode | null {
  if (day === null) return null
  return (
    <p class="soft small">
      {say({
        fr: `Ce lien s’ouvre jusqu’au ${say.day(day)}.`,
        en: `This link opens until ${say.day(day)}.`,
      })}
    </p>
  )
}

/** A name is chosen, a domain is not: they stand side by side. */
function domainOf({ report }: PublicBadge): { domain?: string } {
  return report.badge ? { domain: report.badge.issuer.domain } : {}
}

function Standing({ say, badge }: { say: Say; badge: PublicBadge }): VNode {
  const standing = standingOf(badge)
  const reason = badge.revocation?.reason
  return (
    <div class="standing">
      <Verdict tone={STANDING_TONES[standing]}>{standingSentence(say, badge, standing)}</Verdict>
      {standing === 'revoked' && badge.revocation ? (
        <p>
          {badge.revocation.replaced
            ? say({
                fr: 'La personne qui vous l’a montré a reçu le nouveau : demandez-le-lui.',
                en: 'Whoever showed it to you has received the new one: ask them for it.',
              })
            : reason
              ? say({
                  fr: `Raison donnée par le lycée : ${reason}`,
                  en: `Reason given by the school: ${reason}`,
                })
              : say({
                  fr: 'La raison se demande au lycée qui l’a délivré.',
                  en: 'Ask the school that issued it for the reason.',
                })}
        </p>
      ) : null}
      {standing === 'suspended' ? (
        <p>
          {say({
            fr: 'Il n’est pas révoqué. Revenez plus tard, ou demandez au lycée qui l’a délivré.',
            en: 'It is not revoked. Come back later, or ask the school that issued it.',
          })}
        </p>
      ) : null}
    </div>
  )
}

type AboutProps = { say: Say; shown: BadgeShown; holder: string | null }

function About({ say, shown, holder }: AboutProps): VNode {
  return (
    <>
      <h2>{say({ fr: 'À qui', en: 'To whom' })}</h2>
      <HolderWords say={say} holder={holder} />
      <p>
        {say({ fr: 'Attribué le', en: 'Awarded on' })} {say.day(shown.validFrom.slice(0, 10))},{' '}
        {shown.validUntil === null
          ? say({ fr: 'sans limite de validité.', en: 'without limit of validity.' })
          : say({
              fr: `valable jusqu’au ${say.day(shown.validUntil.slice(0, 10))}.`,
              en: `valid until ${say.day(shown.validUntil.slice(0, 10))}.`,
            })}
      </p>
    </>
  )
}

/** `signed`: the signed files are given, too; else a sheet alone. */
function TakeAway({ say, token, signed }: { say: Say; token: string; signed: boolean }): VNode {
  const hrefOf = (form: LinkForm) =>
    form === 'pdf' ? `/b/${token}.pdf?lang=${say.language}` : `/b/${token}.${form}`
  if (!signed)
    return (
      <>
        <h2>{say({ fr: 'Garder', en: 'Keep it' })}</h2>
        <ul class="links">
          <SheetLink say={say} href={hrefOf('pdf')} />
        </ul>
        <p>
          {say({
            fr: 'Le fichier signé dit aussi les preuves, que ce lien ne montre pas. Demandez-le à la personne.',
            en: 'The signed file tells the evidence too, which this link does not show. Ask the person for it.',
          })}
        </p>
      </>
    )
  return (
    <>
      <h2>{say({ fr: 'Garder, ou vérifier ailleurs', en: 'Keep it, or verify it elsewhere' })}</h2>
      <FileLinks say={say} hrefOf={hrefOf} />
      <p>
        {say({
          fr: 'Donnez l’un des fichiers signés à ',
          en: 'Give one of the signed files to ',
        })}
        <a href="/verify">
          {say({ fr: 'notre page de vérification', en: 'our page that verifies' })}
        </a>
        {say({
          fr: ', ou à tout logiciel qui lit Open Badges 3.0. La feuille PDF n’est pas signée.',
          en: ', or to any software that reads Open Badges 3.0. The PDF sheet is not signed.',
        })}
      </p>
    </>
  )
}

function SheetLink({ say, href }: { say: Say; href: string }): VNode {
  return (
    <li>
      <a href={href} download>
        {say({ fr: 'Feuille à imprimer (PDF)', en: 'Sheet to print (PDF)' })}
      </a>
    </li>
  )
}

/** The forms in which a badge is taken away. */
export function FileLinks(props: { say: Say; hrefOf: (form: LinkForm) => string }): VNode {
  const { say, hrefOf } = props
  return (
    <ul class="links">
      <SheetLink say={say} href={hrefOf('pdf')} />
      <li>
        <a href={hrefOf('png')} download>
          {say({ fr: 'Image PNG', en: 'PNG picture' })}
        </a>
      </li>
      <li>
        <a href={hrefOf('svg')} download>
          {say({ fr: 'Image SVG', en: 'SVG picture' })}
        </a>
      </li>
      <li>
        <a href={hrefOf('json')} download>
          {say({ fr: 'Fichier signé (JSON)', en: 'Signed file (JSON)' })}
        </a>
      </li>
      <li>
        <a href={hrefOf('jwt')} download>
          {say({ fr: 'Jeton signé (JWT)', en: 'Signed token (JWT)' })}
        </a>
      </li>
    </ul>
  )
}
