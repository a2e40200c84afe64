import type { Say } from '../web/say.js'
import type { Words } from '../words.js'
import type { Findings, HealthPart, HealthState, PartName } from './weigh-health.js'

export const STATE_WORDS: Readonly<Record<HealthState, Words>> = {
  well: { fr: 'va bien', en: 'well' },
  'not-well': { fr: 'ne va pas', en: 'not well' },
  unknown: { fr: 'n’a pas pu être regardé', en: 'could not be looked at' },
}

export const PART_WORDS: Readonly<Record<PartName, Words>> = {
  store: { fr: 'Base', en: 'Store' },
  audit: { fr: 'Chaîne de l’audit', en: 'Chain of the audit' },
  clock: { fr: 'Horloge', en: 'Clock' },
  keys: { fr: 'Clés de signature', en: 'Signing keys' },
  mail: { fr: 'Courriel', en: 'Mail' },
  jobs: { fr: 'Tâches', en: 'Jobs' },
  lists: { fr: 'Listes de statut', en: 'Status lists' },
  erasures: { fr: 'Oubli des élèves partis', en: 'Forgetting students who left' },
  disk: { fr: 'Disque', en: 'Disk' },
  backup: { fr: 'Sauvegarde', en: 'Backup' },
}

/** What was found of a part, and what to do about it. */
export function sayPart({ name, state, found }: HealthPart, say: Say): string {
  // A part that could not be asked found nothing.
  if (Object.keys(found).length === 0 && state === 'unknown') return say(NOT_ASKED)
  return SAY[name](found, say, state)
}

const NOT_ASKED = {
  fr: 'La question est restée sans réponse. Le journal du serveur dit pourquoi.',
  en: 'The question was not answered. The log of the server says why.',
}

type Saying = (found: Findings, say: Say, state: HealthState) => string

const SAY: Readonly<Record<PartName, Saying>> = {
  store: (found, say, state) => sayStore(found, say, state),
  audit: (found, say) => sayChain(found, say),
  clock: (_, say, state) =>
    state === 'well'
      ? say({ fr: 'Elle est à l’heure.', en: 'It is right.' })
      : say({
          fr: 'Elle n’est pas à l’heure : aucun badge n’est délivré. Remettez-la à l’heure.',
          en: 'It is wrong: no badge is issued. Set it right.',
        }),
  keys: (_, say, state) =>
    state === 'well'
      ? say({ fr: 'Elles répondent.', en: 'They answer.' })
      : say({
          fr: 'Elles ne répondent pas : rien n’est signé avant leur retour.',
          en: 'They do not answer: nothing is signed until they do.',
        }),
  mail: (found, say) => sayMail(found, say),
  jobs: (found, say) => sayJobs(found, say),
  lists: (found, say) => sayLists(found, say),
  erasures: ({ failed }, say) =>
    failed === 0
      ? say({ fr: 'Aucun effacement n’échoue.', en: 'No erasure fails.' })
      : say({
          fr: `Élèves à oublier dont l’effacement échoue : ${say.number(Number(failed))}. Ils sont encore là ; il est repris chaque nuit et à chaque démarrage ; la preuve des actions et le journal du serveur disent pourquoi.`,
          en: `Students to be forgotten whose erasure fails: ${say.number(Number(failed))}. They are still there; it is tried again each night and at each start; the audit and the log of the server say why.`,
        }),
  disk: ({ freeBytes, totalBytes }, say) => {
    const [free, total] = [gigabytes(freeBytes, say), gigabytes(totalBytes, say)]
    return say({
      fr: `${free} Go libres sur ${total} Go, là où sont les données.`,
      en: `${free} GB free of ${total} GB, where the data is.`,
    })
  },
  backup: ({ madeAt }, say) =>
    madeAt === null
      ? say({
          fr: 'Aucune n’est connue. « sceau backup » note les siennes ; celles que fait un autre outil ne se voient pas d’ici.',
          en: 'None is known. “sceau backup” notes its own; those of other tools are not seen from here.',
        })
      : say({
          fr: `La dernière date du ${instant(madeAt, say)}.`,
          en: `The last is of ${instant(madeAt, say)}.`,
        }),
}

/** What an operator does about a role to which the second wall of the store is none. */
export const BYPASSED: Words = {
  fr: 'Attention : le rôle PostgreSQL de DATABASE_URL passe outre la sécurité par ligne (superutilisateur ou BYPASSRLS). Donnez-en un ordinaire : docs/operating.md, « PostgreSQL ».',
  en: 'Warning: the PostgreSQL role of DATABASE_URL bypasses row-level security (superuser or BYPASSRLS). Give an ordinary one: docs/operating.md, “PostgreSQL”.',
}

function sayStore({ wall, waits }: Findings, say: Say, state: HealthState): string {
  if (state !== 'well')
    return waits === 'no'
      ? say({
          fr: 'Une copie la suit, mais elle n’attend pas cette copie : une bascule perdrait des badges déjà remis. Réglez synchronous_standby_names et synchronous_commit.',
          en: 'A standby follows it, but it does not wait for that standby: a fail-over would lose badges that have left. Set synchronous_standby_names and synchronous_commit.',
        })
      : say({ fr: 'Elle ne répond pas.', en: 'It does not answer.' })
  if (wall === 'bypassed') return say(BYPASSED)
  return wall === 'stands'
    ? say({
        fr: 'Elle répond, et ne rend de lignes d’élèves qu’à qui peut avoir affaire à eux.',
        en: 'It answers, and gives rows of students only to who may have to do with them.',
      })
    : say({
        fr: 'Elle répond. Son fichier se vérifie par « sceau check ».',
        en: 'It answers. Its file is checked by “sceau check”.',
      })
}

export function sayChain({ checkedAt, entries, brokenAt }: Findings, say: Say): string {
  if (checkedAt === null)
    return say({
      fr: 'Pas encore vérifiée. Elle l’est chaque jour.',
      en: 'Not validated yet. It is, every day.',
    })
  const at = instant(checkedAt, say)
  if (brokenAt !== null)
    return say({
      fr: `Rompue à la ligne ${brokenAt}, vue le ${at}. Arrêtez les écritures et reprenez une sauvegarde.`,
      en: `Broken at entry ${brokenAt}, seen on ${at}. Stop writing and restore a backup.`,
    })
  const count = say.number(Number(entries))
  return say({
    fr: `Intacte : ${count} lignes, vérifiées le ${at}.`,
    en: `Sound: ${count} entries, validated on ${at}.`,
  })
}

function sayMail({ on, waiting, givenUp, oldest }: Findings, say: Say): string {
  const wait = say.number(Number(waiting))
  if (on === 'off')
    return say({
      fr: `Le courriel est coupé. Messages en attente : ${wait}. Donnez SMTP_URL et MAIL_FROM.`,
      en: `Mail is off. Messages that wait: ${wait}. Give SMTP_URL and MAIL_FROM.`,
    })
  const since = oldest === null ? '' : instant(oldest, say)
  const lost = say.number(Number(givenUp))
  return [
    say({ fr: `En attente : ${wait}.`, en: `Waiting: ${wait}.` }),
    since && say({ fr: `Le plus ancien date du ${since}.`, en: `The oldest is of ${since}.` }),
    say({ fr: `Abandonnés : ${lost}.`, en: `Given up: ${lost}.` }),
  ]
    .filter(Boolean)
    .join(' ')
}

function sayJobs({ waiting, failed, givenUp, oldest }: Findings, say: Say): string {
  const [all, ill, lost] = [waiting, failed, givenUp].map((count) => say.number(Number(count)))
  const due = oldest === null || oldest === undefined ? '' : instant(oldest, say)
  return [
    say({
      fr: `En attente : ${all}, dont ${ill} après un échec. Abandonnées : ${lost}.`,
      en: `Waiting: ${all}, of which ${ill} after a failure. Given up: ${lost}.`,
    }),
    due && say({ fr: `La plus proche est due le ${due}.`, en: `The next is due on ${due}.` }),
  ]
    .filter(Boolean)
    .join(' ')
}

function sayLists({ lists, behind, oldestAt }: Findings, say: Say): string {
  if (lists === 0) return say({ fr: 'Aucune liste n’existe encore.', en: 'There is no list yet.' })
  const [all, late] = [say.number(Number(lists)), say.number(Number(behind))]
  const since = oldestAt === null ? '–' : instant(oldestAt, say)
  return say({
    fr: `Listes : ${all}. Avec une révocation non publiée : ${late}. La plus ancienne publication : ${since}. Chacune est signée de nouveau à la première lecture, six heures après.`,
    en: `Lists: ${all}. With a revocation not published: ${late}. The oldest publication: ${since}. Each is signed again at the first reading six hours later.`,
  })
}

function instant(iso: string | number | null | undefined, say: Say): string {
  return say.instant(String(iso))
}

const GIGABYTE = 1e9

function gigabytes(bytes: string | number | null | undefined, say: Say): string {
  return say.number(Math.round(Number(bytes) / GIGABYTE))
}
