import { z } from 'zod'
import { digestOf } from '../credential/digest.js'
import { told } from '../web/validate.js'
import { COLOURS, ICONS, SHAPES } from './picture.data.js'

/** OB-03: said with every badge; a badge is no certification. */
export const COMPLEMENTS_SENTENCE =
  'Ce badge complète le baccalauréat professionnel ; il ne s’y substitue pas et n’est pas une certification enregistrée au RNCP ou au RS.'

/** OB-04: an open list; these are the ones that the service proposes. */
export const THEMES = [
  'COMPOSITES',
  'PLASTURGIE',
  'QUALITE',
  'DEVELOPPEMENT_DURABLE',
  'CARRIERE',
] as const

const VISIBLE =
  /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*$/u
const HIDDEN = told({
  fr: 'Ce texte contient des caractères invisibles : retapez-le.',
  en: 'This text holds invisible characters: type it again.',
})
const text = (least: number, most: number) =>
  z.string().trim().min(least).max(most).regex(VISIBLE, HIDDEN)

/** What each framework's identifiers look like, and where they are described. */
const FRAMEWORKS = {
  RNCP: /^RNCP\d{1,5}$/,
  RS: /^RS\d{1,5}$/,
  CFD: /^\d{8}$/,
  ROME: /^[A-N]\d{4}$/,
  OGR: /^\d{4,6}$/,
  GreenComp: /^[1-4]\.[1-3]$/,
} as const
export type Framework = keyof typeof FRAMEWORKS

const Alignment = z
  .strictObject({
    framework: z.enum(Object.keys(FRAMEWORKS) as [Framework, ...Framework[]]),
    code: z.string().trim(),
    name: text(1, 200),
    url: z.url({ protocol: /^https$/ }).max(300),
    /** Somebody who may (an inspector) has confirmed it. */
    verified: z.boolean(),
  })
  .refine(({ framework, code }) => FRAMEWORKS[framework].test(code), {
    path: ['code'],
    message: told({
      fr: 'Ce code n’a pas la forme de son référentiel (par exemple RNCP38566, H3203, 4.3).',
      en: 'This code does not have the form of its framework (for example RNCP38566, H3203, 4.3).',
    }),
  })
export type Alignment = z.infer<typeof Alignment>

const Requirement = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('mentoring'),
    sessionKind: z.enum(['PROJET', 'IMMERSION', 'CARRIERE', 'ANY']),
    hours: z.number().min(0.5).max(200),
    ownCompany: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('placement'),
    days: z.int().min(1).max(60),
    ownCompany: z.boolean(),
  }),
])
export type Requirement = z.infer<typeof Requirement>

/** Everything that an award of a template version rests on. Any change of it is another digest. */
export const Definition = z.strictObject({
  name: text(3, 80),
  description: text(10, 400),
  /** Markdown, without HTML. */
  criteria: text(20, 4_000),
  theme: text(2, 60),
  language: z.literal('fr'),
  alignments: z.array(Alignment).max(12),
  /** OB-03: the diploma that it complements. */
  complements: z.strictObject({
    label: text(3, 120),
    rncp: z.string().regex(FRAMEWORKS.RNCP).nullable(),
    cfd: z.string().regex(FRAMEWORKS.CFD).nullable(),
  }),
  rule: z.array(Requirement).min(1).max(6),
  picture: z.strictObject({
    shape: z.enum(SHAPES),
    colour: z.enum(COLOURS),
    icon: z.enum(ICONS),
  }),
  validityMonths: z.int().min(1).max(120).nullable(),
})
export type Definition = z.infer<typeof Definition>

/** SHA-256 of the JCS form, hex: what a company endorses. */
export function digestOfDefinition(definition: Definition): string {
  return digestOf(definition)
}
