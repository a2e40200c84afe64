import { z } from 'zod'
import { wrongField } from '../refusals.js'
import { Text, Ticked } from './form-values.js'

/** What the form of a session says, as the acts take it. */
export const SessionForm = z
  .object({
    kind: Text,
    day: Text,
    minutes: Text,
    otherMinutes: Text,
    studentIds: Ticked,
    /** « person.organisation »: each says in which organisation, too. */
    mentorIds: Ticked,
    place: Text,
    topic: Text,
    topicAgreed: Text,
    coordinated: Text,
    schoolAdultPresent: Text,
    acknowledged: Ticked,
  })
  .transform(({ mentorIds, minutes, otherMinutes, ...form }) => ({
    ...form,
    ...ofOneOrganisation(mentorIds),
    place: form.place === '' ? undefined : form.place,
    minutes: Number(minutes === 'other' ? otherMinutes : minutes),
    topicAgreed: form.topicAgreed !== '',
    coordinated: form.coordinated !== '',
    schoolAdultPresent: form.schoolAdultPresent !== '',
  }))

/** @throws {DomainError} invalid-request for mentors of several organisations: the session is of one */
function ofOneOrganisation(chosen: readonly string[]) {
  const pairs = chosen.map((one) => one.split('.', 2))
  const [companyId = '', ...others] = new Set(pairs.map(([, organisation = '']) => organisation))
  if (others.length > 0) {
    throw wrongField('/mentorIds', {
      fr: 'Ces mentors sont de plusieurs organisations. Enregistrez une séance pour chacune.',
      en: 'These mentors are of several organisations. Record a session for each.',
    })
  }
  return { companyId, mentorIds: pairs.map(([person = '']) => person) }
}
