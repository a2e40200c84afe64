import type { Words } from '../words.js'

export type Drawing = Readonly<{ words: Words; paths: readonly string[] }>

/**
 * Line drawings on a 24 × 24 field, each as its paths. From Lucide 1.62.0 (lucide-static) but for
 * the press, kept here so that a picture never changes with a package.
 *
 * ISC License, Copyright (c) 2026 Lucide Icons and Contributors. compass is derived from Feather:
 * MIT License, Copyright (c) 2013-present Cole Bemis.
 */
export const ICON_DRAWINGS = {
  layers: {
    words: { fr: 'des couches superposées', en: 'stacked layers' },
    paths: [
      'M12.83 2.18a2 2 0 0 0-1.66 0L2.6 6.08a1 1 0 0 0 0 1.83l8.58 3.91a2 2 0 0 0 1.66 0l8.58-3.9a1 1 0 0 0 0-1.83z',
      'M2 12a1 1 0 0 0 .58.91l8.6 3.91a2 2 0 0 0 1.65 0l8.58-3.9A1 1 0 0 0 22 12',
      'M2 17a1 1 0 0 0 .58.91l8.6 3.91a2 2 0 0 0 1.65 0l8.58-3.9A1 1 0 0 0 22 17',
    ],
  },
  drop: {
    words: { fr: 'des gouttes', en: 'drops' },
    paths: [
      'M7 16.3c2.2 0 4-1.83 4-4.05 0-1.16-.57-2.26-1.71-3.19S7.29 6.75 7 5.3c-.29 1.45-1.14 2.84-2.29 3.76S3 11.1 3 12.25c0 2.22 1.8 4.05 4 4.05z',
      'M12.56 6.6A10.97 10.97 0 0 0 14 3.02c.5 2.5 2 4.9 4 6.5s3 3.5 3 5.5a6.98 6.98 0 0 1-11.91 4.97',
    ],
  },
  press: {
    words: { fr: 'une presse', en: 'a press' },
    paths: ['M5 3h14M12 3v7M7 10h10v4H7zM5 21h14M8 17.5h8V21H8z'],
  },
  gauge: {
    words: { fr: 'un cadran', en: 'a gauge' },
    paths: ['m12 14 4-4', 'M3.34 19a10 10 0 1 1 17.32 0'],
  },
  check: {
    words: { fr: 'une loupe', en: 'a magnifying glass' },
    paths: ['m8 11 2 2 4-4', 'M3 11a8 8 0 1 0 16 0a8 8 0 1 0 -16 0Z', 'm21 21-4.3-4.3'],
  },
  leaf: {
    words: { fr: 'une feuille', en: 'a leaf' },
    paths: [
      'M11 20a10 10 0 0010-10 25.9 25.9 0 00-1.04-7.281 1 1 0 00-1.755-.325C15.833 5.5 13 5.5 9.8 6.1A7 7 0 0011 20',
      'M2 21a5 5 0 012.911-4.544C7.613 15.212 8.351 15.24 11 13',
    ],
  },
  recycle: {
    words: { fr: 'des flèches de recyclage', en: 'recycling arrows' },
    paths: [
      'M7 19H4.815a1.83 1.83 0 0 1-1.57-.881 1.785 1.785 0 0 1-.004-1.784L7.196 9.5',
      'M11 19h8.203a1.83 1.83 0 0 0 1.556-.89 1.784 1.784 0 0 0 0-1.775l-1.226-2.12',
      'm14 16-3 3 3 3',
      'M8.293 13.596 7.196 9.5 3.1 10.598',
      'm9.344 5.811 1.093-1.892A1.83 1.83 0 0 1 11.985 3a1.784 1.784 0 0 1 1.546.888l3.943 6.843',
      'm13.378 9.633 4.096 1.098 1.097-4.096',
    ],
  },
  compass: {
    words: { fr: 'une boussole', en: 'a compass' },
    paths: [
      'M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0Z',
      'm16.24 7.76-1.804 5.411a2 2 0 0 1-1.265 1.265L7.76 16.24l1.804-5.411a2 2 0 0 1 1.265-1.265z',
    ],
  },
  people: {
    words: { fr: 'des personnes', en: 'people' },
    paths: [
      'M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2',
      'M16 3.128a4 4 0 0 1 0 7.744',
      'M22 21v-2a4 4 0 0 0-3-3.87',
      'M5 7a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z',
    ],
  },
  ruler: {
    words: { fr: 'une règle', en: 'a ruler' },
    paths: [
      'M21.3 15.3a2.4 2.4 0 0 1 0 3.4l-2.6 2.6a2.4 2.4 0 0 1-3.4 0L2.7 8.7a2.41 2.41 0 0 1 0-3.4l2.6-2.6a2.41 2.41 0 0 1 3.4 0Z',
      'm14.5 12.5 2-2',
      'm11.5 9.5 2-2',
      'm8.5 6.5 2-2',
      'm17.5 15.5 2-2',
    ],
  },
  award: {
    words: { fr: 'une rosette', en: 'a rosette' },
    paths: [
      'm15.477 12.89 1.515 8.526a.5.5 0 0 1-.81.47l-3.58-2.687a1 1 0 0 0-1.197 0l-3.586 2.686a.5.5 0 0 1-.81-.469l1.514-8.526',
      'M6 8a6 6 0 1 0 12 0a6 6 0 1 0 -12 0Z',
    ],
  },
  wrench: {
    words: { fr: 'une clé', en: 'a spanner' },
    paths: [
      'M14.7 6.3a1 1 0 0 0 0 1.4l1.6 1.6a1 1 0 0 0 1.4 0l3.106-3.105c.32-.322.863-.22.983.218a6 6 0 0 1-8.259 7.057l-7.91 7.91a1 1 0 0 1-2.999-3l7.91-7.91a6 6 0 0 1 7.057-8.259c.438.12.54.662.219.984z',
    ],
  },
  hammer: {
    words: { fr: 'un marteau', en: 'a hammer' },
    paths: [
      'm15 12-9.373 9.373a1 1 0 0 1-3.001-3L12 9',
      'm18 15 4-4',
      'm21.5 11.5-1.914-1.914A2 2 0 0 1 19 8.172v-.344a2 2 0 0 0-.586-1.414l-1.657-1.657A6 6 0 0 0 12.516 3H9l1.243 1.243A6 6 0 0 1 12 8.485V10l2 2h1.172a2 2 0 0 1 1.414.586L18.5 14.5',
    ],
  },
  factory: {
    words: { fr: 'une usine', en: 'a factory' },
    paths: [
      'M12 16h.01',
      'M16 16h.01',
      'M3 19a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2V8.5a.5.5 0 0 0-.769-.422l-4.462 2.844A.5.5 0 0 1 15 10.5v-2a.5.5 0 0 0-.769-.422L9.77 10.922A.5.5 0 0 1 9 10.5V5a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2z',
      'M8 16h.01',
    ],
  },
  flask: {
    words: { fr: 'une fiole', en: 'a flask' },
    paths: [
      'M14 2v6a2 2 0 0 0 .245.96l5.51 10.08A2 2 0 0 1 18 22H6a2 2 0 0 1-1.755-2.96l5.51-10.08A2 2 0 0 0 10 8V2',
      'M6.453 15h11.094',
      'M8.5 2h7',
    ],
  },
  shield: {
    words: { fr: 'un bouclier', en: 'a shield' },
    paths: [
      'M20 13c0 5-3.5 7.5-7.66 8.95a1 1 0 0 1-.67-.01C7.5 20.5 4 18 4 13V6a1 1 0 0 1 1-1c2 0 4.5-1.2 6.24-2.72a1.17 1.17 0 0 1 1.52 0C14.51 3.81 17 5 19 5a1 1 0 0 1 1 1z',
      'm9 12 2 2 4-4',
    ],
  },
  puzzle: {
    words: { fr: 'une pièce de puzzle', en: 'a puzzle piece' },
    paths: [
      'M15.39 4.39a1 1 0 0 0 1.68-.474 2.5 2.5 0 1 1 3.014 3.015 1 1 0 0 0-.474 1.68l1.683 1.682a2.414 2.414 0 0 1 0 3.414L19.61 15.39a1 1 0 0 1-1.68-.474 2.5 2.5 0 1 0-3.014 3.015 1 1 0 0 1 .474 1.68l-1.683 1.682a2.414 2.414 0 0 1-3.414 0L8.61 19.61a1 1 0 0 0-1.68.474 2.5 2.5 0 1 1-3.014-3.015 1 1 0 0 0 .474-1.68l-1.683-1.682a2.414 2.414 0 0 1 0-3.414L4.39 8.61a1 1 0 0 1 1.68.474 2.5 2.5 0 1 0 3.014-3.015 1 1 0 0 1-.474-1.68l1.683-1.682a2.414 2.414 0 0 1 3.414 0z',
    ],
  },
  sprout: {
    words: { fr: 'une pousse', en: 'a sprout' },
    paths: [
      'M14 9.536V7a4 4 0 0 1 4-4h1.5a.5.5 0 0 1 .5.5V5a4 4 0 0 1-4 4 4 4 0 0 0-4 4c0 2 1 3 1 5a5 5 0 0 1-1 3',
      'M4 9a5 5 0 0 1 8 4 5 5 0 0 1-8-4',
      'M5 21h14',
    ],
  },
  idea: {
    words: { fr: 'une ampoule', en: 'a light bulb' },
    paths: [
      'M15 14c.2-1 .7-1.7 1.5-2.5 1-.9 1.5-2.2 1.5-3.5A6 6 0 0 0 6 8c0 1 .2 2.2 1.5 3.5.7.7 1.3 1.5 1.5 2.5',
      'M9 18h6',
      'M10 22h4',
    ],
  },
  handshake: {
    words: { fr: 'une poignée de main', en: 'a handshake' },
    paths: [
      'm11 17 2 2a1 1 0 1 0 3-3',
      'm14 14 2.5 2.5a1 1 0 1 0 3-3l-3.88-3.88a3 3 0 0 0-4.24 0l-.88.88a1 1 0 1 1-3-3l2.81-2.81a5.79 5.79 0 0 1 7.06-.87l.47.28a2 2 0 0 0 1.42.25L21 4',
      'm21 3 1 11h-2',
      'M3 3 2 14l6.5 6.5a1 1 0 1 0 3-3',
      'M3 4h8',
    ],
  },
  graduation: {
    words: { fr: 'une toque de diplômé', en: 'a graduation cap' },
    paths: [
      'M21.42 10.922a1 1 0 0 0-.019-1.838L12.83 5.18a2 2 0 0 0-1.66 0L2.6 9.08a1 1 0 0 0 0 1.832l8.57 3.908a2 2 0 0 0 1.66 0z',
      'M22 10v6',
      'M6 12.5V16a6 3 0 0 0 12 0v-3.5',
    ],
  },
} as const satisfies Readonly<Record<string, Drawing>>

export type Icon = keyof typeof ICON_DRAWINGS
export const ICONS = Object.keys(ICON_DRAWINGS) as [Icon, ...Icon[]]
