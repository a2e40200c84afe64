import type { Page } from '../web/page.js'

export const issuerPages: readonly Page[] = []
