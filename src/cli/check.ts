import type { Command } from 'commander'
import { checkBadges, type BadgesChecked } from '../issuer/check-badges.js'
import { isSealedCopy } from '../store/backup.js'
import { faultsOfFile } from '../store/integrity.js'
import { validateAudit, type AuditVerdict } from '../store/audit.js'
import type { Words } from '../words.js'
import { answer, withContext, type Shell } from './shell.js'

export function addCheck(program: Command, shell: Shell): void {
  program
    .command('check')
    .description(
      'check the file of the store, validate the hash chain of the audit, and read every released badge again',
    )
    .option('--json', 'print the verdict as a JSON object')
    .action((options: { json?: boolean }) =>
      withContext(shell, { access: 'read' }, async (ctx) => {
        const fileFaults = await faultsOfFile(ctx.db)
        const audit = await validateAudit(ctx.db)
        // Its badges are sealed with their students.
        const isSealed = await isSealedCopy(ctx.db)
        const { badges, faults } = isSealed ? NONE : await checkBadges(ctx)
        const sound = audit.sound && faults.length === 0 && fileFaults.length === 0
        const ofBadges = isSealed ? SEALED : badgeWords({ badges, faults })
        const words = [...fileWords(fileFaults), auditWords(audit), ofBadges]
        answer(shell, options.json, {
          json: { ...audit, sound, badges, isSealed, badgeFaults: faults, fileFaults },
          words: {
            fr: words.map(({ fr }) => fr).join('\n'),
            en: words.map(({ en }) => en).join('\n'),
          },
        })
        if (!sound) shell.answerNo()
      }),
    )
}

const NONE: BadgesChecked = { badges: 0, faults: [] }

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
  const lines = faults.map(({ of, fault }) => `${of}: ${fault}`).join('\n')
  return {
    fr: `Sur ${badges} badges relus, ${faults.length} défauts :\n${lines}`,
    en: `Of ${badges} badges read again, ${faults.length} faults:\n${lines}`,
  }
}
