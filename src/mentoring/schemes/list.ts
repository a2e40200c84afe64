import { cordees } from './cordees.js'
import { oneMentor } from './one-mentor.js'
import { ptech } from './ptech.js'
import type { Scheme } from './scheme.js'

/** Every scheme that the service tracks: its file, and its line here. */
export const SCHEMES: readonly Scheme[] = [ptech, cordees, oneMentor]
