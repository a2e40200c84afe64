import { expect, test } from 'vitest'
import { ROLES } from '../../src/context.js'
import { menuOf } from '../../src/people/menu.js'
import { MENU } from '../../src/people/menu.data.js'

const hrefsOf = (...roles: (typeof ROLES)[number][]) =>
  menuOf(roles.map((role) => ({ role, organisationId: 1 }))).map(({ href }) => href)

test.each(ROLES)('a %s has a menu, short enough for a phone', (role) => {
  expect(hrefsOf(role)).toEqual(MENU[role])
  expect(MENU[role].length).toBeLessThanOrEqual(6)
  expect(new Set(MENU[role]).size).toBe(MENU[role].length)
})

test('who holds two roles finds each page once, those of the first role first', () => {
  expect(hrefsOf('liaison-officer', 'school-staff')).toEqual([
    '/cohorts',
    '/classes',
    '/contributions',
    '/confirm',
    '/mentors',
    '/dossiers',
    '/schemes',
    '/placements',
    '/import',
  ])
})

test('the same role in two companies gives one menu', () => {
  expect(hrefsOf('company-admin', 'company-admin')).toEqual(MENU['company-admin'])
})

test('nobody without a role has one', () => {
  expect(menuOf([])).toEqual([])
})

test('a student is led to nothing but their own pages', () => {
  expect(hrefsOf('student')).toEqual(['/my-badges', '/my-record', '/placements', '/dossiers'])
})
