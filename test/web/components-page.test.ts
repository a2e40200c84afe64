import request from 'supertest'
import { expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { openWorld } from '../support/world.js'

test('the components are shown to those who build pages', async () => {
  const { text } = await request(createApp(await openWorld()))
    .get('/_components')
    .expect(200)
  expect(text).toContain('<h1>Composants</h1>')
})

test('the components are not shown in production', async () => {
  const world = await openWorld()
  const config = { ...world.config, production: true }
  await request(createApp({ ...world, config }))
    .get('/_components')
    .expect(404)
})
