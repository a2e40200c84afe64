import type * as bakePng from '../src/credential/bake-png.js'
import type * as bakeSvg from '../src/credential/bake-svg.js'
import type * as build from '../src/credential/build-credential.js'
import type * as did from '../src/credential/did.js'
import type * as multikey from '../src/credential/multikey.js'
import type * as prepare from '../src/credential/prepare-credential.js'
import type * as sign from '../src/credential/sign-credential.js'

export type Tools = Pick<typeof build, 'buildBadge' | 'buildEndorsement' | 'buildStatusList'> &
  Pick<typeof prepare, 'prepareCredential' | 'prepareStatusList'> &
  Pick<typeof sign, 'signCredential'> &
  Pick<typeof did, 'didDocument'> &
  Pick<typeof multikey, 'toMultikey'> &
  Pick<typeof bakePng, 'bakePng'> &
  Pick<typeof bakeSvg, 'bakeSvg'> &
  Readonly<{ toPng(svg: string): Promise<Buffer> }>

export function makeFixtures(tools: Tools): Promise<Map<string, string | Buffer>>
