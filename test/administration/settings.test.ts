import { beforeEach, describe, expect, test } from 'vitest'
import { changeSetting, undoSetting } from '../../src/administration/settings/change-setting.js'
import { seeSetting, seeSettings } from '../../src/administration/settings/see-settings.js'
import { loadConfig } from '../../src/config.js'
import type { Actor } from '../../src/context.js'
import { shareBadge } from '../../src/issuer/share-badge.js'
import { LINK_LIVES } from '../../src/issuer/link-life.js'
import { seeMyBadge } from '../../src/issuer/my-badges.js'
import { invite } from '../../src/people/accept-invitation.js'
import { OPERATOR } from '../../src/people/operator.js'
import { STEP_UP } from '../../src/people/step-up.data.js'
import { passkeysRequired, valueLately, valueOf } from '../../src/settings/read.js'
import { toKept, toValue, usualOf } from '../../src/settings/rules.js'
import { SETTINGS, type Setting } from '../../src/settings/settings.data.js'
import { softAuthenticator } from '../people/passkeys/soft-authenticator.js'
import { registered } from '../people/passkeys/story.js'
import { aCompany, aLycee, asActor, auditOf, refusalOf, somebody } from '../people/people.js'
import { issue } from '../issuer/share-story.js'
import { MINUTE, openWorld, type World } from '../support/world.js'

let world: World
let admin: Actor

beforeEach(async () => {
  // Nothing that a page may say is said by the environment.
  const config = loadConfig({ NODE_ENV: 'test', PUBLIC_URL: 'https://sceau.example' })
  world = await openWorld({ config })
  const held = { role: 'platform-admin', organisationId: null } as const
  admin = await asActor(world, await somebody(world, 'root@example.org', held))
})

const set = (...[key, value, version = 0, scope = '', by = admin]: Given) =>
  changeSetting(world, by, { key, scope, version, typed: { value } })
type Given = [key: string, value: string, version?: number, scope?: string, by?: Actor]

describe('each setting', () => {
  const all = Object.entries(SETTINGS) as [string, Setting][]

  test.each(all)('%s has a usual value that is one', (_, setting) => {
    const usual = usualOf(setting, world.config)
    if (usual === null || typeof usual === 'object') return expect(setting.kind).toBe('words')
    expect(toValue(setting, String(usual))).toBe(usual)
  })

  test.each(all)('%s has a label and a hint in both languages, and a scope', (_, setting) => {
    for (const { fr, en } of [setting.label, setting.about]) {
      expect(fr.length).toBeGreaterThan(5)
      expect(en).not.toBe(fr)
    }
    expect(setting.scopes.length).toBeGreaterThan(0)
  })

  test('that proposes a life of links proposes lives that there are', () => {
    const lives = Object.entries(LINK_LIVES)
    for (const [value, words] of Object.entries(SETTINGS['link-life'].options))
      expect(lives.find(([life]) => life === value)?.[1].words).toEqual(words)
  })

  test.each([
    ['invitation-days', '0', 'from 1 to 30'],
    ['invitation-days', '31', 'from 1 to 30'],
    ['invitation-days', '7.5', '“7.5”'],
    ['invitation-days', '1e1', '“1e1”'],
    ['link-life', 'unlimited', 'Six months (half-year)'],
    ['link-life', '__proto__', 'Choose one of'],
    ['operator-contact', 'nobody', 'name@domain.fr'],
    ['operator-contact', 'a@b.fr\nBcc: x@y.fr', 'several lines'],
    ['mail-sender', 'Sceau\r\nBcc: x@y.fr', 'several lines'],
    ['mail-sender', 'x'.repeat(61), 'the most is 60'],
  ])('EM-04 %s refuses %j, with the cure', (key, value, cure) => {
    const setting: Setting = SETTINGS[key as keyof typeof SETTINGS]
    try {
      toKept(setting, { value })
    } catch (error) {
      const { fields } = error as { fields: { pointer: string; words: { en: string } }[] }
      expect(fields[0]).toMatchObject({ pointer: '/value' })
      return expect(fields[0]!.words.en).toContain(cure)
    }
    throw new Error('Nothing was refused.')
  })

  test('a text in two languages is in both or in none', () => {
    const setting = SETTINGS['sign-in-message']
    expect(() => toKept(setting, { fr: 'Bonjour' })).toThrow('both languages')
    const kept = toKept(setting, { fr: 'Bonjour', en: 'Hello' })
    expect(toValue(setting, kept)).toEqual({ fr: 'Bonjour', en: 'Hello' })
    expect(toValue(setting, toKept(setting, { fr: '', en: '' }))).toBeUndefined()
  })
})

describe('a setting that is changed', () => {
  test('counts at once, is audited without its value, and can be put back', async () => {
    await set('invitation-days', '3')
    expect(await valueOf(world, 'invitation-days')).toBe(3)
    const school = await aLycee(world)
    const held = { role: 'school-staff', organisationId: school.id } as const
    const { id } = await somebody(world, 'new@example.org', held)
    await world.db.updateTable('persons').set({ password_hash: null }).execute()
    await invite(world, OPERATOR, id)
    const { expires_at } = await world.db
      .selectFrom('invitations')
      .select('expires_at')
      .executeTakeFirstOrThrow()
    expect(expires_at).toBe('2026-11-27T11:00:00.000Z')
    await set('invitation-days', '5', 1)
    await undoSetting(world, admin, { key: 'invitation-days', scope: '', version: 2 })
    expect(await valueOf(world, 'invitation-days')).toBe(3)
    const seen = await seeSetting(world, admin, { key: 'invitation-days', scope: '' })
    expect(seen.history.map(({ value }) => value)).toEqual([3, 5, 3])
    expect(seen.history[0]!.by).toBe('Camille Martin')
    expect(await auditOf(world)).toEqual(
      expect.arrayContaining(['setting.changed', 'setting.undone']),
    )
    const lines = await world.db.selectFrom('audit').select('details').execute()
    expect(JSON.stringify(lines)).not.toContain('"5"')
  })

  test('put back after the first change, counts as if nobody had set it', async () => {
    await set('mail-sender', 'Badges du Jura')
    await undoSetting(world, admin, { key: 'mail-sender', scope: '', version: 1 })
    expect(await valueOf(world, 'mail-sender')).toBe('Sceau')
    const { lines } = await seeSettings(world, admin, '')
    expect(lines.find(({ key }) => key === 'mail-sender')).toMatchObject({ from: 'usual' })
  })

  test('was changed by somebody else meanwhile: the second is told so, and changes nothing', async () => {
    await set('backup-days', '4')
    expect((await refusalOf(set('backup-days', '9'))).code).toBe('conflict')
    expect(await valueOf(world, 'backup-days')).toBe(4)
  })

  test('that was damaged in the store counts as never set: nobody is kept out by it', async () => {
    await set('invitation-days', '3')
    await world.db.updateTable('settings').set({ value: '-1' }).execute()
    expect(await valueOf(world, 'invitation-days')).toBe(7)
  })

  test('other nodes go by it within a minute, this one at once', async () => {
    const other = {
      ...world,
      db: world.db.withPlugin({
        transformQuery: ({ node }) => node,
        transformResult: async ({ result }) => result,
      }),
    }
    expect(await valueLately(other, 'verifications-per-minute')).toBe(120)
    expect(await valueLately(world, 'verifications-per-minute')).toBe(120)
    await set('verifications-per-minute', '60')
    expect(await valueLately(world, 'verifications-per-minute')).toBe(60)
    expect(await valueLately(other, 'verifications-per-minute')).toBe(120)
    world.clock.advance(MINUTE)
    expect(await valueLately(other, 'verifications-per-minute')).toBe(60)
  })
})

describe('what the environment says', () => {
  test('counts before the page, is shown as such, and is not changed there', async () => {
    const env = { NODE_ENV: 'test', VERIFICATIONS_PER_MINUTE: '33' }
    const fixed = { ...world, config: loadConfig(env) }
    await set('verifications-per-minute', '600')
    // Beyond the bounds of the page, too.
    expect(await valueOf(fixed, 'verifications-per-minute')).toBe(33)
    const { lines } = await seeSettings(fixed, admin, '')
    const line = lines.find(({ key }) => key === 'verifications-per-minute')
    expect(line).toMatchObject({ value: 33, from: 'environment' })
    const typed = { value: '60' }
    const which = { key: 'verifications-per-minute', scope: '', version: 1 }
    const refused = await refusalOf(changeSetting(fixed, admin, { ...which, typed }))
    expect(refused.words.en).toContain('VERIFICATIONS_PER_MINUTE')
    expect((await refusalOf(undoSetting(fixed, admin, which))).code).toBe('rule-refused')
  })

  test('no setting is a secret, or tells one', async () => {
    const secret = 'smtp://user:hunter2@mail.example.org'
    const env = { NODE_ENV: 'test', SMTP_URL: secret, MAIL_FROM: 'a@example.org' }
    const { lines } = await seeSettings({ ...world, config: loadConfig(env) }, admin, '')
    expect(JSON.stringify(lines)).not.toContain('hunter2')
    expect(Object.keys(SETTINGS).filter((key) => /pass(?!keys)|secret|url|key-/.test(key))).toEqual(
      [],
    )
  })
})

describe('nobody is kept out', () => {
  test('who asks a passkey of everybody has one', async () => {
    await set('passkeys-required', 'off')
    expect(await passkeysRequired(world)).toBe(false)
    const refused = await refusalOf(set('passkeys-required', 'on', 1))
    expect(refused).toMatchObject({ code: 'rule-refused', fields: [{ pointer: '/value' }] })
    await registered(world, 'root@example.org', softAuthenticator())
    await set('passkeys-required', 'on', 1)
    expect(await passkeysRequired(world)).toBe(true)
  })

  test('who undoes that passkeys are not required has one: “as usual” requires them again', async () => {
    await set('passkeys-required', 'off')
    const undo = () =>
      undoSetting(world, admin, { key: 'passkeys-required', scope: '', version: 1 })
    const lines = await auditOf(world)
    const refused = await refusalOf(undo())
    expect(refused).toMatchObject({ code: 'rule-refused', fields: [{ pointer: '/value' }] })
    expect(await passkeysRequired(world)).toBe(false)
    expect(await auditOf(world)).toEqual(lines)
    await registered(world, 'root@example.org', softAuthenticator())
    await undo()
    expect(await passkeysRequired(world)).toBe(true)
  })

  test('undoing to a yes of before takes a passkey that is there still', async () => {
    await registered(world, 'root@example.org', softAuthenticator())
    await set('passkeys-required', 'on')
    await set('passkeys-required', 'off', 1)
    await world.db.deleteFrom('passkeys').execute()
    const undo = () =>
      undoSetting(world, admin, { key: 'passkeys-required', scope: '', version: 2 })
    expect((await refusalOf(undo())).code).toBe('rule-refused')
    await registered(world, 'root@example.org', softAuthenticator())
    await undo()
    expect(await passkeysRequired(world)).toBe(true)
  })

  test('undoing a yes to the no of before takes none', async () => {
    await set('passkeys-required', 'off')
    await set('passkeys-required', 'on', 1, '', OPERATOR)
    await undoSetting(world, admin, { key: 'passkeys-required', scope: '', version: 2 })
    expect(await passkeysRequired(world)).toBe(false)
  })

  test('at the command line, anything can be put back', async () => {
    await set('passkeys-required', 'off', 0, '', OPERATOR)
    await set('passkeys-required', 'on', 1, '', OPERATOR)
    expect(await passkeysRequired(world)).toBe(true)
  })
})

describe('AZ-01 who may change settings', () => {
  test('the platform’s administrator any, an approver those of their school, in person and with a passkey', async () => {
    const [school, other] = [await aLycee(world), await aLycee(world, 'Lycée Hugo', '9990002Y')]
    const company = await aCompany(world)
    const held = { role: 'school-approver', organisationId: school.id } as const
    const head = await asActor(world, await somebody(world, 'head@example.org', held))
    await set('dpo-contact', 'dpo@lycee.example', 0, school.publicId, head)
    expect(await valueOf(world, 'dpo-contact', school.publicId)).toBe('dpo@lycee.example')
    expect(await valueOf(world, 'dpo-contact')).toBe('')
    for (const scope of [other.publicId, company.publicId, '', 'nothing'])
      expect((await refusalOf(set('dpo-contact', 'x@y.fr', 0, scope, head))).code).toBe('not-found')
    // What is the service's alone is no setting of a school.
    for (const key of ['mail-sender', '__proto__', 'nothing'])
      expect((await refusalOf(set(key, 'x', 0, school.publicId, head))).code).toBe('not-found')
    const stale = { ...head, mustStepUp: true as const }
    expect((await refusalOf(set('dpo-contact', '', 1, school.publicId, stale))).code).toBe(
      'step-up-required',
    )
    const token = { ...admin, via: 'token' as const }
    expect((await refusalOf(set('mail-sender', 'x', 0, '', token))).code).toBe('forbidden')
    expect(STEP_UP).toEqual(expect.arrayContaining(['change-settings', 'announce']))
  })
})

describe('sharing', () => {
  test('a school’s life of links counts before the service’s; a student may choose another', async () => {
    const { student, badgeId, schoolId } = await issue(world)
    const { public_id: school } = await world.db
      .selectFrom('organisations')
      .select('public_id')
      .where('id', '=', schoolId)
      .executeTakeFirstOrThrow()
    await set('link-life', 'year')
    expect((await seeMyBadge(world, student, badgeId)).usualLife).toBe('year')
    await set('link-life', 'month', 0, school)
    await shareBadge(world, student, { badgeId, label: 'Stage' })
    await shareBadge(world, student, { badgeId, label: 'CV', life: 'unlimited' })
    const { links } = await seeMyBadge(world, student, badgeId)
    expect(links.map(({ untilDay }) => untilDay).sort()).toEqual(['2026-12-24', null])
    await set('students-share', 'off')
    // Yes from the school does not undo the service's no.
    await set('students-share', 'on', 0, school)
    const refused = await refusalOf(shareBadge(world, student, { badgeId, label: 'Autre' }))
    expect(refused.code).toBe('rule-refused')
    await set('students-share', 'on', 1)
    await set('students-share', 'off', 1, school)
    expect((await refusalOf(shareBadge(world, student, { badgeId, label: 'Autre' }))).code).toBe(
      'rule-refused',
    )
    expect((await seeMyBadge(world, student, badgeId)).links).toHaveLength(2)
  })
})
