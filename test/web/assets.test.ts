import express from 'express'
import request from 'supertest'
import { describe, expect, test } from 'vitest'
import { assetUrl, serveAssets } from '../../src/web/assets.js'

const service = () => request(express().use('/assets', serveAssets()))

describe('our files', () => {
  test('are kept for ever under the address of their content', async () => {
    const { headers } = await service().get(assetUrl('sceau.css')).expect(200)
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(headers['content-type']).toBe('text/css; charset=utf-8')
  })

  test.each(['/assets/sceau.css', '/assets/sceau.css?v=000000000000', '/assets/sceau.css?v=a&v=b'])(
    'are kept for an hour as %s',
    async (address) => {
      const { headers } = await service().get(address).expect(200)
      expect(headers['cache-control']).toBe('public, max-age=3600')
    },
  )

  test.each(['/assets/', '/assets/../package.json', '/assets/%2e%2e/package.json', '/assets/none'])(
    'end at their folder: nothing at %s',
    async (address) => {
      await service().get(address).expect(404)
    },
  )
})
