import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SMTPServerOptions } from 'smtp-server'
import { loadConfig } from '../../src/config.js'
import { queueLetter, queueMail, startMail } from '../../src/mail/queue-mail.js'
import { judgeRefusal, isAddress } from '../../src/mail/rules.js'
import { findMailSettings, outboxState, saveDigestChoice } from '../../src/mail/store.js'
import { createPerson } from '../../src/people/create-person.js'
import { OPERATOR } from '../../src/people/operator.js'
import { runNextJob } from '../../src/worker.js'
import { aLycee } from '../people/people.js'
import { STORES } from '../support/dialects.js'
import { headerOf, openSmtpServer, subjectOf, textOfMail } from '../support/smtp-server.js'
import { DAY, HOUR, openWorld, type World } from '../support/world.js'

let world: World
let personId: number
let server: Awaited<ReturnType<typeof openSmtpServer>> | undefined

const BASE = { NODE_ENV: 'test', PUBLIC_URL: 'https://sceau.example' }
const withMail = (url: string) =>
  loadConfig({ ...BASE, SMTP_URL: url, MAIL_FROM: 'sceau@example.org' })

async function open(options: Partial<SMTPServerOptions> = {}, db?: World['db']): Promise<void> {
  server = await openSmtpServer(options)
  world = await openWorld({ config: withMail(server.url), ...(db ? { db } : {}) })
  const lycee = await aLycee(world)
  const role = { role: 'school-staff', organisationId: lycee.id } as const
  const named = { givenName: 'Zoé', familyName: 'Kerguélen', email: 'zoe@example.org' }
  personId = (await createPerson(world, OPERATOR, { ...named, ...role })).id
}

beforeEach(() => {
  server = undefined
})
afterEach(async () => {
  await server?.close()
})

const SUBJECT = 'Sceau : trois alertes, à lire dès que vous le pourrez cette semaine'
const TEXT = 'Bonjour,\n\nVoilà l’été ; çà et là « œuvre ».\n.\nFin\n'

const queue = (changes: object = {}) =>
  world.db.transaction().execute((trx) =>
    queueMail(trx, world, {
      key: 'one',
      to: { personId, language: 'fr' },
      subject: SUBJECT,
      text: TEXT,
      ...changes,
    }),
  )

/** All that is due within a day, whatever has to be tried again. */
async function runJobs(hours = 24): Promise<void> {
  for (let hour = 0; hour < hours; hour += 1) {
    while (await runNextJob(world)) continue
    world.clock.advance(HOUR)
  }
}

describe('a letter to somebody who is no person here', () => {
  const LETTER = { key: 'letter', subject: 'Une réponse', text: 'https://sceau.example/g/secret' }
  const write = (address: string, key = 'letter') =>
    world.db
      .transaction()
      .execute((trx) =>
        queueLetter(trx, world, { ...LETTER, key, to: { address, language: 'fr' } }),
      )
  const rows = () => world.db.selectFrom('outbox_mails').selectAll().execute()

  test('lies sealed until it is sent, and is forgotten then', async () => {
    await open()
    await write('parent@example.net')
    await write('parent@example.net')
    const before = JSON.stringify(await rows())
    expect(before).not.toContain('parent')
    expect(before).not.toContain('secret')
    await runJobs()
    expect(server!.received.map(({ to }) => to)).toEqual([['parent@example.net']])
    expect(textOfMail(server!.received[0]!).trimEnd()).toBe(LETTER.text)
    expect(await rows()).toMatchObject([{ letter_sealed: null, body: '', to_person_id: null }])
    expect(await outboxState(world.db)).toEqual({ waiting: 0, sent: 1, givenUp: 0 })
  })

  test('whose address is refused is given up, and is forgotten then', async () => {
    await open({
      onRcptTo: (_address, _session, callback) =>
        callback(Object.assign(new Error('unknown'), { responseCode: 550 })),
    })
    await write('nobody@example.net')
    await write('a@example.org, b@example.org', 'two')
    await runJobs()
    expect(await rows()).toMatchObject([
      { given_up_why: 'refused', letter_sealed: null },
      { given_up_why: 'no-address', letter_sealed: null },
    ])
  })
})

describe('a mail', () => {
  test('is sent once, in plain text, with our words and our id', async () => {
    await open()
    await queue()
    await runJobs()
    expect(server!.received).toHaveLength(1)
    const [mail] = server!.received
    expect(mail!.to).toEqual(['zoe@example.org'])
    expect(subjectOf(mail!)).toBe(SUBJECT)
    expect(textOfMail(mail!).replaceAll('\r\n', '\n').trimEnd()).toBe(TEXT.trimEnd())
    expect(headerOf(mail!, 'Content-Type')).toBe('text/plain; charset=utf-8')
    const { public_id } = await world.db
      .selectFrom('outbox_mails')
      .select('public_id')
      .executeTakeFirstOrThrow()
    expect(headerOf(mail!, 'Message-ID')).toBe(`<${public_id}@sceau.example>`)
    expect(headerOf(mail!, 'Auto-Submitted')).toBe('auto-generated')
    expect(headerOf(mail!, 'From')).toBe('Sceau <sceau@example.org>')
    // Whoever gets it is named by no header.
    expect(mail!.raw).not.toMatch(/Kergu/)
    expect(await outboxState(world.db)).toEqual({ waiting: 0, sent: 1, givenUp: 0 })
  })

  test('of one key is written once, and leaves with what it tells or not at all', async () => {
    await open()
    await queue()
    await queue()
    const failing = world.db.transaction().execute(async (trx) => {
      const to = { personId, language: 'fr' } as const
      await queueMail(trx, world, { key: 'two', to, subject: 'Deux', text: 'x' })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await runJobs()
    expect(server!.received).toHaveLength(1)
  })

  test('EM-04 whose subject is more than a line is not written', async () => {
    await open()
    for (const subject of ['a\r\nBcc: b@example.org', 'a\nb', 'a\u2028b', 'a\u0000', '']) {
      await expect(queue({ subject })).rejects.toThrow('one line')
    }
    expect(await outboxState(world.db)).toMatchObject({ waiting: 0 })
  })

  test.each([
    'a@example.org\r\nBcc: b@example.org',
    'a@example.org, b@example.org',
    'a@example.org b@example.org',
    'Zoé <a@example.org>',
    'list: a@example.org;',
    '"a b"@example.org',
    'a@b@example.org',
    'nobody',
  ])('EM-04 to what is not one address (%j) is given up, and nothing is sent', async (email) => {
    expect(isAddress(email)).toBe(false)
    await open()
    await world.db.updateTable('persons').set({ email }).where('id', '=', personId).execute()
    await queue()
    await runJobs(2)
    expect(server!.received).toEqual([])
    expect(await outboxState(world.db)).toEqual({ waiting: 0, sent: 0, givenUp: 1 })
  })

  test('to a closed account is given up', async () => {
    await open()
    const at = world.now().toISOString()
    await world.db.updateTable('persons').set({ disabled_at: at }).execute()
    await queue()
    await runJobs(2)
    expect(server!.received).toEqual([])
    expect(await outboxState(world.db)).toMatchObject({ givenUp: 1 })
  })
})

describe('a server', () => {
  test('that goes away before it has answered gets the mail once more, under the same id', async () => {
    const raws: string[] = []
    await open({
      onData(stream, _session, callback) {
        const parts: Buffer[] = []
        stream.on('data', (part: Buffer) => parts.push(part))
        stream.on('end', () => {
          raws.push(Buffer.concat(parts).toString('utf8'))
          // It has the mail, and its first answer never comes.
          if (raws.length === 1) server!.cut()
          else callback()
        })
      },
    })
    await queue()
    await runJobs()
    expect(raws).toHaveLength(2)
    const ids = raws.map((raw) => headerOf({ to: [], raw }, 'Message-ID'))
    expect(ids[0]).toBeDefined()
    expect(new Set(ids).size).toBe(1)
    expect(await outboxState(world.db)).toEqual({ waiting: 0, sent: 1, givenUp: 0 })
  })

  test('that is not there is tried again until it is', async () => {
    await open()
    const { url } = server!
    await server!.close()
    server = undefined
    await queue()
    await runJobs(3)
    expect(await outboxState(world.db)).toEqual({ waiting: 1, sent: 0, givenUp: 0 })
    const { last_error } = await world.db
      .selectFrom('jobs')
      .select('last_error')
      .where('kind', '=', 'send-mail')
      .executeTakeFirstOrThrow()
    expect(last_error).toMatch(/^The mail server did not take the mail: ESOCKET|ECONN/)
    expect(last_error).not.toContain('zoe@')
    server = await openSmtpServer()
    world = { ...world, config: withMail(server.url) }
    expect(url).not.toBe(server.url)
    await runJobs(2)
    expect(server.received).toHaveLength(1)
  })

  test('that refuses the address for good is asked once, and that address no more', async () => {
    let asked = 0
    await open({
      onRcptTo(_address, _session, callback) {
        asked += 1
        callback(Object.assign(new Error('5.1.1 No such user'), { responseCode: 550 }))
      },
    })
    await queue()
    await runJobs()
    await queue({ key: 'two' })
    await runJobs()
    expect(asked).toBe(1)
    expect(await outboxState(world.db)).toEqual({ waiting: 0, sent: 0, givenUp: 2 })
    expect(await findMailSettings(world.db, personId)).toMatchObject({
      refusedAddress: 'zoe@example.org',
    })
    // Who chooses anew is tried anew.
    await saveDigestChoice(world.db, personId, 'on')
    await queue({ key: 'three' })
    await runJobs(2)
    expect(asked).toBe(2)
  })

  test('that is full for now is tried again', async () => {
    let asked = 0
    await open({
      onRcptTo(_address, _session, callback) {
        asked += 1
        if (asked > 2) return callback()
        callback(Object.assign(new Error('4.2.2 Mailbox full'), { responseCode: 452 }))
      },
    })
    await queue()
    await runJobs()
    expect(asked).toBe(3)
    expect(server!.received).toHaveLength(1)
  })
})

test.each([
  [{ reply: 550, command: 'RCPT TO', text: '550 5.1.1 No such user' }, 'address'],
  [{ reply: 550, command: 'RCPT TO', text: '550 No such user' }, 'address'],
  [{ reply: 554, command: 'RCPT TO', text: '554 5.7.1 Relay access denied' }, 'later'],
  [{ reply: 450, command: 'RCPT TO', text: '450 4.2.1 Try later' }, 'later'],
  [{ reply: 554, command: 'DATA', text: '554 5.6.0 Message refused' }, 'mail'],
  [{ reply: 535, command: 'AUTH PLAIN', text: '535 5.7.8 Bad credentials' }, 'later'],
  [{ reply: 550, command: 'MAIL FROM', text: '550 5.1.8 Sender refused' }, 'later'],
  [{ reply: undefined, command: 'CONN', text: '' }, 'later'],
] as const)('a refusal %j is judged: %s', (refusal, judged) => {
  expect(judgeRefusal(refusal)).toBe(judged)
})

describe('while mail is off', () => {
  test('it is kept, no job fails, and it leaves once mail is on', async () => {
    await open()
    const on = world.config
    world = { ...world, config: loadConfig(BASE) }
    await queue()
    await startMail(world)
    expect(await runNextJob(world)).toBe(false)
    expect(await outboxState(world.db)).toMatchObject({ waiting: 1 })
    world = { ...world, config: on }
    await startMail(world)
    await startMail(world)
    await runJobs(2)
    expect(server!.received).toHaveLength(1)
  })

  test('what was ordered before it was turned off is kept too', async () => {
    await open()
    await queue()
    const on = world.config
    world = { ...world, config: loadConfig(BASE) }
    await runJobs(2)
    expect(await outboxState(world.db)).toMatchObject({ waiting: 1 })
    world = { ...world, config: on }
    await startMail(world)
    await runJobs(2)
    expect(server!.received).toHaveLength(1)
  })

  test('what grows older than seven days is given up', async () => {
    await open()
    const on = world.config
    world = { ...world, config: loadConfig(BASE) }
    await queue()
    world = { ...world, config: on }
    world.clock.advance(7 * DAY + HOUR)
    await startMail(world)
    await runJobs(2)
    expect(server!.received).toEqual([])
    expect(await outboxState(world.db)).toMatchObject({ givenUp: 1 })
  })
})

describe('the settings', () => {
  test('name a server and an address, or mail is off; a demo writes to nobody', () => {
    expect(loadConfig(BASE).smtpUrl).toBeUndefined()
    expect(withMail('smtps://u:p@mail.example:465').smtpUrl).toBe('smtps://u:p@mail.example:465')
    const env = { ...BASE, SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'sceau@example.org' }
    expect(loadConfig(env, true).smtpUrl).toBeUndefined()
  })

  test.each([
    ['http://mail.example', 'sceau@example.org', 'SMTP_URL'],
    ['smtp://mail.example', '', 'MAIL_FROM'],
    ['smtp://mail.example', 'a@example.org\r\nBcc: b@example.org', 'MAIL_FROM'],
  ])('%s with %j is refused: %s', (SMTP_URL, MAIL_FROM, name) => {
    expect(() => loadConfig({ ...BASE, SMTP_URL, MAIL_FROM })).toThrow(name)
  })
})

test.each(STORES)(
  'on $name the outbox keeps, sends and counts',
  async ({ open: openStore }) => {
    await open({}, await openStore())
    await queue()
    await queue()
    await queue({ key: 'two' })
    await runJobs(2)
    expect(server!.received).toHaveLength(2)
    expect(await outboxState(world.db)).toEqual({ waiting: 0, sent: 2, givenUp: 0 })
    await world.db.destroy()
  },
  120_000,
)
