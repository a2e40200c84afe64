import type { Db } from '../../store/schema.js'
import type { Words } from '../../words.js'
import { isWithin } from '../days.js'
import type { Sides } from '../cohorts/sides.js'
import type { GroupFinding } from '../finding.js'
import { listGroups, listGroupSchools } from '../groups/store.js'
import { cordees } from '../schemes/cordees.js'

/**
 * What is reported of the open cordées that some run or, as schools, have students in, on a day.
 *
 * @param today YYYY-MM-DD
 */
export async function cordeeFindings(db: Db, sides: Sides, today: string): Promise<GroupFinding[]> {
  const groups = (await listGroups(db, sides)).filter(
    ({ scheme, closedOn }) => scheme === cordees.code && (closedOn === null || closedOn >= today),
  )
  const schools = Map.groupBy(
    await listGroupSchools(
      db,
      groups.map(({ id }) => id),
    ),
    ({ cohortId }) => cohortId,
  )
  return groups.flatMap(({ id, publicId, title, charterOn }) => {
    const isRoped = (schools.get(id) ?? []).some((time) => isWithin(today, time))
    return [
      ...(isRoped ? [] : [{ rule: 'CO-02', publicId, title, words: NO_SCHOOL }]),
      ...(charterOn === null ? [{ rule: 'CO-D1', publicId, title, words: NO_CHARTER }] : []),
    ]
  })
}

const NO_SCHOOL: Words = {
  fr: 'Cette cordée n’a aucun établissement encordé aujourd’hui. Ajoutez-en un, ou fermez la cordée.',
  en: 'This cordée has no school today. Add one, or close the cordée.',
}
const NO_CHARTER: Words = {
  fr: 'La date de la charte de cette cordée n’est pas notée.',
  en: 'The day of this cordée’s charter is not noted.',
}
