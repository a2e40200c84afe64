/**
 * The rules of placements (PFMP), by the numbers that errors, warnings and tests give.
 *
 * | rule    | what it says                                                        | level    | text                      |
 * | ------- | ------------------------------------------------------------------- | -------- | ------------------------- |
 * | PFMP-01 | within one school year                                              | refuses  | as APLyPro checks         |
 * | PFMP-02 | a student is in one placement at a time                             | refuses  | as APLyPro checks         |
 * | PFMP-03 | a tutor has three trainees at once, at most                         | warns    | L124-10, R124-13 C. éduc. |
 * | PFMP-04 | trainees of a host in one civil week                                | warns    | R124-10 s. C. éduc.       |
 * | PFMP-05 | a minor's day: 7 h under 16, else 8 h                               | warns    | L3161 s. C. trav.         |
 * | PFMP-06 | a minor's week: 35 h                                                | warns    | L3161 s. C. trav.         |
 * | PFMP-07 | no night: 20 h to 6 h under 16, else 22 h to 6 h                    | warns    | L3161 s. C. trav.         |
 * | PFMP-08 | rest: 14 h a day under 16, else 12 h; two days a week               | warns    | L3161 s. C. trav.         |
 * | PFMP-09 | no regulated work under 15                                          | refuses  | R4153-41, -44 C. trav.    |
 * | PFMP-10 | regulated work of a minor: a declaration of the site that is valid  | warns    | R4153-41, -44 C. trav.    |
 * | PFMP-11 | the agreement is signed when the placement begins                   | reported | D124-4 C. éduc.           |
 * | PFMP-12 | the school asks the tutor twice or more whether all goes well       | reported | L124-1 C. éduc.           |
 * | PFMP-13 | days done: no more than there are days                              | refuses  | as APLyPro checks         |
 * | PFMP-14 | days done are known once it has ended (attestation)                 | reported | D124-9 C. éduc.           |
 * | PFMP-15 | the agreement has its mandatory mentions                            | reported | D124-4 C. éduc.           |
 */
export const RULES = {
  schoolYear: 'PFMP-01',
  oneAtATime: 'PFMP-02',
  tutorLoad: 'PFMP-03',
  hostQuota: 'PFMP-04',
  day: 'PFMP-05',
  week: 'PFMP-06',
  night: 'PFMP-07',
  rest: 'PFMP-08',
  regulatedAge: 'PFMP-09',
  derogation: 'PFMP-10',
  signed: 'PFMP-11',
  visits: 'PFMP-12',
  daysDone: 'PFMP-13',
  daysKnown: 'PFMP-14',
  mentions: 'PFMP-15',
} as const
