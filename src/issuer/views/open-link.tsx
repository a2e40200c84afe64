import type { VNode } from 'preact'
import { Facts } from '../../web/components/blocks.js'
import { CopyField } from '../../web/components/choices.js'
import { Button, Form, type FormState } from '../../web/components/form.js'
import type { Say } from '../../web/say.js'
import type { Words } from '../../words.js'
import { LINK_SHOWS } from '../link-life.js'
import type { EndedLink, MyLink } from '../my-link.js'
import { LinkOnPaper } from './link-on-paper.js'

type Props = { state: FormState; link: MyLink }

/** One open link: what it shows, until when, how often it was opened, and how it is given or closed. */
export function OpenLink({ state, link }: Props): VNode {
  const { say } = state
  return (
    <section class="sheet" aria-labelledby={`title-${link.id}`}>
      <h3 id={`title-${link.id}`}>{link.label}</h3>
      <CopyField
        id={`link-${link.id}`}
        label={say({ fr: 'Adresse à donner', en: 'Address to give' })}
        value={link.url}
        hint={say({
          fr: `Ouvert le ${say.day(link.openedOn)}. Qui a cette adresse, ou le code, voit le badge.`,
          en: `Opened on ${say.day(link.openedOn)}. Whoever has this address, or the code, sees the badge.`,
        })}
        copy={{
          button: say({ fr: 'Copier l’adresse', en: 'Copy the address' }),
          done: say({ fr: 'Adresse copiée.', en: 'Address copied.' }),
          failed: say({
            fr: 'L’adresse est sélectionnée : copiez-la vous-même.',
            en: 'The address is selected: copy it yourself.',
          }),
        }}
      />
      <LinkFacts say={say} link={link} />
      <WaysToGive say={say} link={link} />
      <details>
        <summary>
          {say({
            fr: 'Pour un CV sur papier, ou au téléphone',
            en: 'For a CV on paper, or by telephone',
          })}
        </summary>
        <LinkOnPaper say={say} url={link.url} code={link.code} />
        <NameCheck state={state} link={link} />
      </details>
      <CloseLink state={state} link={link} />
    </section>
  )
}

function LinkFacts({ say, link }: { say: Say; link: MyLink }): VNode {
  const { count, lastDay } = link.seen
  const last = lastDay ? say.day(lastDay) : ''
  const seen = {
    fr: lastDay ? `${say.number(count)} fois, la dernière le ${last}` : 'Pas encore',
    en: lastDay
      ? `${count === 1 ? 'Once' : `${say.number(count)} times`}, last on ${last}`
      : 'Not yet',
  }
  return (
    <Facts
      facts={[
        [say({ fr: 'Montre', en: 'Shows' }), say(whatItShows(link))],
        [
          say({ fr: 'S’ouvre jusqu’au', en: 'Opens until' }),
          link.untilDay === null
            ? say({ fr: 'Jusqu’à ce que vous le fermiez', en: 'You close it' })
            : say.day(link.untilDay),
        ],
        // Never by whom: nothing is kept of those who open it.
        [say({ fr: 'Page ouverte', en: 'Page opened' }), say(seen)],
      ]}
    />
  )
}

function whatItShows({ shows, isNamed }: MyLink): Words {
  if (shows !== 'named' || isNamed) return LINK_SHOWS[shows]
  return {
    fr: 'Le badge et ses preuves, sans votre nom : l’accord au nom est retiré, ou arrivé à son terme. Il ne revient pas sur ce lien après un retrait : ouvrez-en un autre.',
    en: 'The badge and its evidence, without your name: the agreement to the name was withdrawn, or has run out. After a withdrawal it does not come back on this link: open another.',
  }
}

function WaysToGive({ say, link }: { say: Say; link: MyLink }): VNode {
  // A subject is read over shoulders: the badge is not named in it.
  const subject = say({ fr: 'Un badge à vérifier', en: 'A badge to verify' })
  const body = say({
    fr: `Bonjour,\n\nVoici le lien de mon badge : ${link.url}\n`,
    en: `Hello,\n\nHere is the link of my badge: ${link.url}\n`,
  })
  const mail = `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`
  return (
    <ul class="links">
      <li>
        <a href={link.url}>{say({ fr: 'Voir la page', en: 'See the page' })}</a>
      </li>
      <li>
        <a href={mail}>{say({ fr: 'Envoyer par courriel', en: 'Send by e-mail' })}</a>
      </li>
      <li>
        <a href={`${link.url}.pdf?lang=${say.language}`} download>
          {say({ fr: 'Imprimer (PDF)', en: 'Print (PDF)' })}
        </a>
      </li>
      <li>
        <a href={link.linkedIn} rel="noopener noreferrer">
          {say({ fr: 'Ajouter à LinkedIn', en: 'Add to LinkedIn' })}
        </a>
        {link.untilDay === null ? null : (
          <span class="soft">
            {' '}
            {say({
              fr: '(l’adresse n’y marchera plus après cette date)',
              en: '(its address will not work there after that day)',
            })}
          </span>
        )}
      </li>
    </ul>
  )
}

const NAME_CHECKS: Readonly<Record<MyLink['nameCheck'], Words>> = {
  on: {
    fr: 'Qui a ce code peut demander si le badge est au nom qu’il lit sur votre CV. La réponse est oui ou non ; votre nom n’est jamais montré.',
    en: 'Whoever has this code may ask whether the badge is that of the name on your CV. The answer is yes or no; your name is never shown.',
  },
  off: {
    fr: 'Personne ne peut demander si ce badge est à votre nom. Vous pouvez le permettre : la réponse est oui ou non, votre nom n’est jamais montré.',
    en: 'Nobody may ask whether this badge is yours by name. You may allow it: the answer is yes or no, your name is never shown.',
  },
  'used-up': {
    fr: 'Trop de noms faux ont été essayés avec ce code : aucun nom ne se compare plus, jusqu’à ce que vous le permettiez de nouveau.',
    en: 'Too many wrong names were tried with this code: no name is compared any more, until you allow it again.',
  },
}

function NameCheck({ state, link }: Props): VNode {
  const { say } = state
  const isOn = link.nameCheck === 'on'
  return (
    <Form state={{ ...state, problem: undefined }}>
      <p>{say(NAME_CHECKS[link.nameCheck])}</p>
      <Button kind="secondary" name={isOn ? 'forbid' : 'allow'} value={link.id}>
        {isOn
          ? say({ fr: 'Ne plus le permettre', en: 'Allow it no more' })
          : say({ fr: 'Permettre de comparer mon nom', en: 'Allow my name to be compared' })}
      </Button>
    </Form>
  )
}

function CloseLink({ state, link }: Props): VNode {
  const { say } = state
  return (
    <details>
      <summary>{say({ fr: 'Fermer ce lien', en: 'Close this link' })}</summary>
      <p>
        {say({
          fr: 'La page et ses fichiers disparaîtront tout de suite, partout où vous avez donné cette adresse ou ce code : CV, candidature, message. Un lien fermé ne se rouvre pas ; vos autres liens ne changent pas. Un fichier déjà enregistré restera vérifiable.',
          en: 'The page and its files will be gone at once, wherever you have given this address or this code: CV, application, message. A closed link is not opened again; your other links do not change. A file that was saved can still be verified.',
        })}
      </p>
      <Form state={{ ...state, problem: undefined }}>
        <Button kind="danger" name="close" value={link.id}>
          {say({ fr: 'Fermer ce lien pour toujours', en: 'Close this link for good' })}
        </Button>
      </Form>
    </details>
  )
}

/** Links that open no more, so that their owner knows which addresses lead nowhere. */
export function EndedLinks({
  say,
  ended,
}: {
  say: Say
  ended: readonly EndedLink[]
}): VNode | null {
  if (ended.length === 0) return null
  return (
    <details>
      <summary>
        {say({ fr: 'Liens qui ne s’ouvrent plus', en: 'Links that open no more' })} (
        {say.number(ended.length)})
      </summary>
      <ul>
        {ended.map(({ id, label, endedOn, count }) => (
          <li key={id}>
            {label}{' '}
            <span class="soft">
              {say({
                fr: `fini le ${say.day(endedOn)}, ouvert ${say.number(count)} fois`,
                en: `ended on ${say.day(endedOn)}, opened ${count === 1 ? 'once' : `${say.number(count)} times`}`,
              })}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
