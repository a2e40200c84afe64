import { z } from 'zod'
import { PLACES } from './facts/places.data.js'
import { SCHEMES } from './schemes/index.js'
import { SESSION_FORMATS } from './schemes/scheme.js'

export const Id = z.string().max(64)
export const Day = z.iso.date()
/** Numbers of the rules that warned, once somebody has read what they say. */
export const Acknowledged = z
  .array(z.string().max(20))
  .max(20)
  .default([])
  .meta({ description: 'Rules whose warnings were read, as an answer 422 names them: PT-05' })
export const SessionBody = z
  .strictObject({
    companyId: Id,
    // Any text: the act refuses what is no kind of its scheme with the number of the rule (PT-01).
    kind: z
      .string()
      .max(40)
      .meta({ enum: SCHEMES.flatMap(({ kinds }) => kinds.map(({ code }) => code)) }),
    format: z.enum(SESSION_FORMATS),
    day: Day,
    minutes: z.int().min(1).max(480),
    topic: z.string().min(1).max(500),
    mentorId: Id.optional().meta({ description: 'One mentor, if mentorIds is not there' }),
    mentorIds: z
      .array(Id)
      .max(20)
      .default([])
      .meta({ description: 'Persons, all of the organisation companyId' }),
    place: z.enum(PLACES).default('SCHOOL'),
    schoolAdultPresent: z
      .boolean()
      .default(false)
      .meta({ description: 'An adult of the school was there (MENT-01)' }),
    studentIds: z.array(Id).min(1).max(60),
    topicAgreed: z
      .boolean()
      .default(false)
      .meta({ description: 'The liaison officer agreed to the topic (PT-06)' }),
    coordinated: z
      .boolean()
      .default(false)
      .meta({ description: 'The liaison officer coordinated it (PT-07)' }),
    acknowledged: Acknowledged,
  })
  .meta({ id: 'NewSession' })

export const PlacementBody = z
  .strictObject({
    companyId: Id,
    tutorId: Id,
    fromDay: Day,
    untilDay: Day,
    daysDone: z.int().min(1).max(400),
  })
  .meta({ id: 'NewPlacement' })

export const ClassBody = z
  .strictObject({
    schoolId: Id,
    name: z.string().min(1).max(120),
    mef: z.string().max(20).meta({ description: 'Of the 2de pro, ten digits' }),
    track: z.string().min(1).max(120),
    principalCompanyId: Id,
    fromDay: Day,
    acknowledged: Acknowledged,
  })
  .meta({ id: 'NewClass' })
