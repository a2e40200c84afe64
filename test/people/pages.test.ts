import { beforeEach, describe, expect, test } from 'vitest'
import { offerSetUp } from '../../src/people/set-up.js'
import { listKeys, listOrganisations } from '../../src/people/store.js'
import { openWorld, type World } from '../support/world.js'
import { browser } from './browser.js'
import { aLycee, PASSWORD, somebody } from './people.js'

let world: World

beforeEach(async () => {
  world = await openWorld()
})

async function admin() {
  const held = { role: 'platform-admin', organisationId: null } as const
  await somebody(world, 'admin@sceau.example', held)
  const tab = browser(world)
  await tab.send('/sign-in', { email: 'admin@sceau.example', password: PASSWORD })
  return tab
}

test('from the first start to the first lycée, by the pages alone', async () => {
  const tab = browser(world)
  const link = new URL((await offerSetUp(world))!).pathname
  const made = await tab.send(link, {
    givenName: 'Alix',
    familyName: 'Durand',
    email: 'alix@sceau.example',
    password: PASSWORD,
  })
  expect(made.headers.location).toBe('/sign-in')
  expect((await tab.get('/sign-in')).text).toContain('Le compte est créé')
  expect((await tab.get(link)).status).toBe(410)

  const entered = await tab.send('/sign-in?next=/organisations', {
    email: 'alix@sceau.example',
    password: PASSWORD,
  })
  expect(entered.headers.location).toBe('/organisations')
  await tab.send('/organisations', { kind: 'lycee', name: 'Lycée Voltaire', uai: '9990001X' })
  const { text } = await tab.get('/organisations')
  expect(text).toContain('Alix Durand')
  expect(text).toContain('« Lycée Voltaire » est admis')
  expect(text).toContain('did:web:sceau.example:orgs:lycee-voltaire')
})

describe('signing in', () => {
  test('AU-03 sets a cookie that is Secure, HttpOnly, SameSite=Lax and of this host alone', async () => {
    await somebody(world, 'a@x.example', { role: 'platform-admin', organisationId: null })
    const answer = await browser(world).send('/sign-in', {
      email: 'a@x.example',
      password: PASSWORD,
    })
    const [cookie] = answer.get('Set-Cookie')!
    expect(cookie).toMatch(/^__Host-s=[\w-]{43};/)
    for (const flag of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']) {
      expect(cookie).toContain(flag)
    }
    expect(cookie).not.toContain('Domain')
  })

  test('with a wrong password comes back with the address and without the password', async () => {
    const answer = await browser(world).send('/sign-in', {
      email: 'a@x.example',
      password: 'my-secret',
    })
    expect(answer.status).toBe(401)
    expect(answer.text).toContain('ne vont pas ensemble')
    expect(answer.text).toContain('value="a@x.example"')
    expect(answer.text).not.toContain('my-secret')
    expect(answer.text).toContain('<title>Erreur\u00a0: Se connecter')
  })

  test('AU-16 goes on to no other site', async () => {
    await somebody(world, 'a@x.example', { role: 'platform-admin', organisationId: null })
    const fields = { email: 'a@x.example', password: PASSWORD }
    for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example']) {
      const path = `/sign-in?next=${encodeURIComponent(next)}`
      expect((await browser(world).send(path, fields)).headers.location).toBe('/')
      expect((await browser(world).send('/sign-in', { ...fields, next })).headers.location).toBe(
        '/',
      )
    }
  })
})

test('signing out takes a click, ends the session and takes the cookie away', async () => {
  const tab = await admin()
  const stolen = tab.cookies.get('__Host-s')!
  await tab.get('/sign-out')
  expect((await tab.get('/organisations')).status).toBe(200)
  await tab.send('/sign-out', {})
  expect(tab.cookies.has('__Host-s')).toBe(false)
  tab.cookies.set('__Host-s', stolen)
  expect((await tab.get('/organisations')).status).toBe(401)
})

describe('the page of the organisations', () => {
  test('comes back with the fault beside its field, tied to it, and with what was typed', async () => {
    const tab = await admin()
    const answer = await tab.send('/organisations', {
      kind: 'company',
      name: 'Composites <b>du</b> Jura',
      siret: '00099001000018',
    })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('les cinq derniers chiffres (00018) sont faux')
    expect(answer.text).toMatch(
      /<input id="field-siret"[^>]* aria-describedby="hint-siret error-siret"/,
    )
    expect(answer.text).toMatch(/<input id="field-siret"[^>]* aria-invalid="true"/)
    expect(answer.text).toContain('value="00099001000018"')
    expect(answer.text).toMatch(/<option (?=[^>]*selected)[^>]*value="company"/)
    expect(answer.text).not.toContain('<b>du</b>')
    expect(await listOrganisations(world.db)).toEqual([])
  })

  test('shows what each signs with: its identifier, and the public halves of its keys', async () => {
    const { slug, id } = await aLycee(world)
    const [key] = await listKeys(world.db, id)
    const tab = await admin()
    const { text } = await tab.get('/organisations')
    expect(text).toContain(`href="/orgs/${slug}/did.json"`)
    expect(text).toContain(`<code>${key!.public_key_multibase}</code>`)
    expect(text).toContain('signe')
    await world.db.updateTable('organisation_keys').set({ revoked_at: 'x' }).execute()
    expect((await tab.get('/organisations')).text).toContain('révoquée')
  })

  test('is not there for a school’s approver', async () => {
    const lycee = await aLycee(world)
    const held = { role: 'school-approver', organisationId: lycee.id } as const
    await somebody(world, 'p@x.example', held)
    const tab = browser(world)
    await tab.send('/sign-in', { email: 'p@x.example', password: PASSWORD })
    expect((await tab.get('/organisations')).status).toBe(404)
  })

  test('is complete in English', async () => {
    const tab = await admin()
    const { text } = await tab.get('/organisations?lang=en')
    expect(text).toContain('<html lang="en">')
    expect(text).not.toMatch(/Ajouter|obligatoire|Se déconnecter|facultatif/)
  })
})

describe('the sign-in of a demo', () => {
  const demoAccounts = [
    { role: 'platform-admin', name: 'Alix DÉMO', email: 'alix@example.org', password: PASSWORD },
    { role: 'student', name: 'Bo DÉMO', email: 'bo@example.org', password: PASSWORD },
  ] as const

  test('offers each person by a button, whose form is the ordinary one', async () => {
    const demo = { ...world, config: { ...world.config, demo: true }, demoAccounts }
    await somebody(world, 'alix@example.org', { role: 'platform-admin', organisationId: null })
    const { text } = await browser(demo).get('/sign-in?next=/organisations')
    expect(text).toContain('tout ici est fictif')
    expect(text).toContain('administrateur de la plateforme')
    const forms = text.split('<form').filter((form) => form.includes('name="email" value="'))
    expect(forms).toHaveLength(2)
    const hidden = [...forms[0]!.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)]
    const fields = Object.fromEntries(hidden.map(([, name, value]) => [name, value]))
    expect(fields).toEqual({
      next: '/organisations',
      email: 'alix@example.org',
      password: PASSWORD,
    })
    const tab = browser(demo)
    expect((await tab.send('/sign-in', fields)).headers.location).toBe('/organisations')

    // Whoever is signed in plays another by the same buttons.
    await somebody(world, 'bo@example.org', { role: 'platform-admin', organisationId: null })
    const before = tab.cookies.get('__Host-s')
    await tab.send('/sign-in', { ...fields, email: 'bo@example.org' })
    expect(tab.cookies.get('__Host-s')).not.toBe(before)
  })

  test('says what is wrong once, beside the fields that were typed in', async () => {
    const demo = { ...world, config: { ...world.config, demo: true }, demoAccounts }
    const { text } = await browser(demo).send('/sign-in', { email: 'x@example.org', password: 'x' })
    expect(text.match(/role="alert"/g)).toHaveLength(1)
  })

  test.each([
    ['a real service', { demo: false, production: false }],
    ['production, whatever else is set', { demo: true, production: true }],
  ])('offers nobody in %s', async (_, changes) => {
    const real = { ...world, config: { ...world.config, ...changes }, demoAccounts }
    const { text } = await browser(real).get('/sign-in')
    expect(text).not.toContain('alix@example.org')
    expect(text).not.toContain(PASSWORD)
  })

  test('is the only one with a band', async () => {
    expect((await browser(world).get('/sign-in')).text).not.toContain('fictif')
  })
})
