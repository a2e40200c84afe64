import type { Say } from '../../web/say.js'
import { schoolYearLabel } from '../school-year.js'
import type { ArchiveMade, Written } from './archive-scheme.js'

/** What people read first: what the archive is of, and what each file is. CRLF, for the oldest of editors. */
export function readMe(
  say: Say,
  written: readonly Written[],
  { scheme, schools, year, madeAt }: ArchiveMade,
): string {
  const years =
    year === undefined
      ? say({ fr: 'toutes les années scolaires', en: 'every school year' })
      : schoolYearLabel(year)
  const lines = [
    say({
      fr: `Archive du dispositif ${scheme.words.fr}`,
      en: `Archive of the scheme ${scheme.words.en}`,
    }),
    `${schools.map(({ name }) => name).join(', ')} ; ${years}`,
    say({ fr: `Faite le ${say.instant(madeAt)}`, en: `Made on ${say.instant(madeAt)}` }),
    '',
    ...written.map(({ file, rows }) => {
      const count = say({
        fr: `${say.number(rows)} ligne${rows > 1 ? 's' : ''}`,
        en: `${say.number(rows)} row${rows === 1 ? '' : 's'}`,
      })
      return `${file.name} (${count}) : ${say(file.about)}`
    }),
    say({
      fr: 'index.json : la même chose pour les programmes, avec le sens de chaque colonne et l’empreinte de chaque fichier',
      en: 'index.json: the same for programs, with the meaning of each column and the digest of each file',
    }),
    '',
    say({
      fr: 'Les fichiers CSV sont en UTF-8, séparés par des points-virgules. Un texte qui commencerait comme une formule porte une apostrophe devant : elle n’est pas du texte.',
      en: 'The CSV files are in UTF-8, with semicolons. A text that would begin as a formula does has an apostrophe before it, which is not of the text.',
    }),
    say({
      fr: 'Ni date de naissance, ni INE. Ce que l’archive montre est ce que ces lycées voient de leurs propres élèves : conservez-la comme leurs dossiers.',
      en: 'No birth date, no INE. What the archive shows is what these schools see of their own students: keep it as you keep their files.',
    }),
  ]
  return `${lines.join('\r\n')}\r\n`
}
