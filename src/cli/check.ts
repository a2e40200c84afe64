import type { Command } from 'commander'
import { BYPASSED } from '../administration/health-words.js'
import { checkBadges, type BadgeFault, type BadgesChecked } from '../issuer/check-badges.js'
import { checkCredentials, type CredentialsChecked } from '../issuer/vc-api/check-credentials.js'
import { isSealedCopy } from '../store/backup.js'
import { faultsOfFile } from '../store/integrity.js'
import { validateAudit, type AuditVerdict } from '../store/audit.js'
import { wallOf, type WallState } from '../store/wall.js'
import type { Words } from '../words.js'
import { answer, withContext, type Shell } from './shell.js'

export function addCheck(program: Command, shell: Shell): void {
  program
    .command('check')
    .description(
      'check the file of the store, validate the hash chain of the audit, and read every released badge again; the credentials of the VC-API by their digests',
    )
    .option('--json', 'print the verdict as a JSON object')
    .action((options: { json?: boolean }) =>
      withContext(shell, { access: 'read' }, async (ctx) => {
        const fileFaults = await faultsOfFile(ctx.db)
        const audit = await validateAudit(ctx.db)
        // Its badges are sealed with their students.
        const isSealed = await isSealedCopy(ctx.db)
        const { badges, faults } = isSealed ? NONE : await checkBadges(ctx)
        const checked = isSealed ? NO_CREDENTIALS : await checkCredentials(ctx)
        const { credentials, faults: credentialFaults } = checked
        const wall = await wallOf(ctx.db)
        const allFaults = [...faults, ...credentialFaults, ...fileFaults]
        const sound = audit.sound && allFaults.length === 0
        const ofBadges = [badgeWords({ badges, faults }), ...credentialWords(checked)]
        const words = [
          ...fileWords(fileFaults),
          auditWords(audit),
          ...(isSealed ? [SEALED] : ofBadges),
          ...wallWords(wall),
        ]
        const told = {
          ...{ badges, isSealed, badgeFaults: faults },
          ...{ credentials, credentialFaults, fileFaults, wall },
        }
        answer(shell, options.json, {
          json: { ...audit, sound, ...told },
          words: {
            fr: words.map(({ fr }) => fr).join('\n'),
            en: words.map(({ en }) => en).join('\n'),
          },
        })
        if (!sound) shell.answerNo()
      }),
    )
}

/** A warning: what is in the store is sound all the same. */
function wallWords(wall: WallState): Words[] {
  return wall === 'bypassed' ? [BYPASSED] : []
}

const NONE: BadgesChecked = { badges: 0, faults: [] }
const NO_CREDENTIALS: CredentialsChecked = { credentials: 0, faults: [] }

const SEALED: Words = {
  fr: 'C’est une sauvegarde : ses élèves et leurs badges sont sous scellés. Restaurez-la dans un autre dossier pour les relire.',
  en: 'This is a backup: its students and their badges are sealed. Restore it in another folder to read them.',
}

function fileWords(faults: readonly string[]): Words[] {
  if (faults.length === 0) return []
  const lines = faults.join('\n')
  return [
    {
      fr: `Le fichier de la base est abîmé, reprenez une sauvegarde :\n${lines}`,
      en: `The file of the database is damaged, restore a backup:\n${lines}`,
    },
  ]
}

function auditWords(verdict: AuditVerdict): Words {
  return verdict.sound
    ? {
        fr: `L’audit est intact : ${verdict.entries} lignes, empreinte ${verdict.head}.`,
        en: `The audit is sound: ${verdict.entries} entries, head ${verdict.head}.`,
      }
    : {
        fr: `L’audit est rompu à la ligne ${verdict.brokenAt}. (${verdict.reason})`,
        en: `The audit is broken: entry ${verdict.brokenAt} ${verdict.reason}.`,
      }
}

function badgeWords({ badges, faults }: BadgesChecked): Words {
  if (faults.length === 0)
    return {
      fr: `Les badges sont intacts : ${badges} relus.`,
      en: `The badges are sound: ${badges} read again.`,
    }
  const lines = linesOf(faults)
  return {
    fr: `Sur ${badges} badges relus, ${faults.length} défauts :\n${lines}`,
    en: `Of ${badges} badges read again, ${faults.length} faults:\n${lines}`,
  }
}

/** Nothing of them where there is none: few services issue any. */
function credentialWords({ credentials, faults }: CredentialsChecked): Words[] {
  if (credentials === 0 && faults.length === 0) return []
  if (faults.length === 0)
    return [
      {
        fr: `Les attestations de la VC-API sont au journal : ${credentials}.`,
        en: `The credentials of the VC-API are in the log: ${credentials}.`,
      },
    ]
  const lines = linesOf(faults)
  return [
    {
      fr: `Sur ${credentials} attestations de la VC-API, ${faults.length} défauts :\n${lines}`,
      en: `Of ${credentials} credentials of the VC-API, ${faults.length} faults:\n${lines}`,
    },
  ]
}

function linesOf(faults: readonly BadgeFault[]): string {
  return faults.map(({ of, fault }) => `${of}: ${fault}`).join('\n')
}
