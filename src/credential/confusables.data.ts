/**
 * Letters, digits and signs that look like Latin ones: what they look like, and their code points. Made by
 * scripts/make-confusables.mjs from the confusables of Unicode 15.0.0 (UTS #39), reduced to what ends in Latin letters.
 *
 * © Unicode, Inc., under the Unicode License v3: https://www.unicode.org/license.txt
 */
export const CONFUSABLES: readonly (readonly [looksLike: string, codePoints: string])[] = [
  ['2', '1a7 1bb 3e8 14bf 2a27 a644 a6ef a75a'],
  ['3', '1b7 1ee 21c 417 498 4de 4e0 2ccc a76a a7ab 118ca 16f3b 1d206'],
  ['4', '13ce 152f 1530 118af'],
  ['5', '1bc 118bb'],
  ['6', '431 13ee 2cd2 118d5'],
  ['7', '104d2 118c6 1d212'],
  ['8', '223 9ea a6a b03 1031a 1e8cb'],
  ['9', '9ed a67 b68 d6d 2cca a76e 118cc 118d6'],
  ['a', '251 3b1 430 13aa 15c5 2376 237a a4ee 102a0 16f40'],
  ['aa', 'a733'],
  ['ae', 'e6 4d5'],
  ['ao', 'a735'],
  ['ar', '1f707'],
  ['au', 'a737'],
  ['av', 'a739 a73b'],
  ['ay', 'a73d'],
  [
    'b',
    '180 183 184 253 392 411 412 42c 463 48d 13cf 13f4 1472 1473 147e 147f 1480 1481 1488 15af 15f7 a4d0 a7b4 10282 102a1 10301 1d6a9 1d6e3 1d71d 1d757 1d791',
  ],
  ['bl', '42b 4f8'],
  [
    'c',
    'a2 187 23c 3f2 3f9 441 4ab 1d04 20a1 2ca5 a4da abaf 102a2 10302 1043d 1051c 118e9 118f2 1f16e 1f74c',
  ],
  ['cc', '1f16d'],
  ['d', 'd0 111 18c 256 257 501 13a0 13e7 146f 147a 147b 1487 15de 15ea 20ab a4d2 a4d3'],
  ['dz', '2a3'],
  [
    'e',
    '247 388 395 435 4bd 4bf 13ac 1f18 1f19 1f1a 1f1b 1f1c 1f1d 1fc8 1fc9 212e 22ff 2d39 a4f0 ab32 10286 118a6 118ae 1d6ac 1d6e6 1d720 1d75a 1d794',
  ],
  [
    'f',
    '17f 192 3dc 584 15b4 1d6e 1e9b 1e9d 20bd a4dd a799 ab35 10287 102a5 10525 118c2 1d213 1d7ca',
  ],
  ['g', '18d 1e5 260 261 50c 581 13c0 13f3 1d83 a4d6'],
  [
    'h',
    '127 266 389 397 41d 45b 4a2 4bb 4c7 4c9 570 13bb 13c2 13f2 157c 1d78 1f28 1f29 1f2a 1f2b 1f2c 1f2d 1f2e 1f2f 1f98 1f99 1f9a 1f9b 1f9c 1f9d 1f9e 1f9f 1fca 1fcb 1fcc 2c67 2c8e a4e7 a695 102cf 104cd 1d6ae 1d6e8 1d722 1d75c 1d796',
  ],
  ['j', '249 3f3 458 13ab 148d 1498 1499 a4d9 a7b2'],
  [
    'k',
    '199 39a 40c 41a 49a 49e 13e6 16d5 20ad 2c69 2c94 a4d7 a740 10518 1d6b1 1d6eb 1d725 1d75f 1d799',
  ],
  [
    'l',
    '31 69 7c 131 142 19a 1c0 268 269 26a 26b 26d 2db 37a 3b9 456 4cf 5c0 5d5 5df 5f1 627 661 673 6f1 7ca 13de 14aa 14b6 14b7 16c1 1d7b 1d7c 2223 2224 2373 2378 23fd 2c92 2cd0 2d4f a4e1 a4f2 a647 ab75 ffe8 1028a 10309 10320 1041b 10526 118b2 118c3 16f16 16f28 1d22a 1e8c7',
  ],
  ['ll', '1c1 5f0 2016 2225 2226 10199'],
  ['lls', '10198'],
  ['lo', '42e 23e8'],
  ['ls', '2aa'],
  ['lt', '20b6'],
  ['lz', '2ab'],
  [
    'n',
    '19d 19e 273 39d 3b7 578 57c 1260 144e 1459 145a 1468 1d70 2229 22c2 2c9a a4e0 a4f5 1018e 10513 1d245 1d6b4 1d6ee 1d728 1d762 1d79c',
  ],
  [
    'o',
    '30 f8 275 3b8 3bf 3c3 43e 473 4e9 585 5e1 647 665 6be 6c1 6d5 6f5 6ff 7c0 966 9e6 a66 ae6 b20 b66 be6 c02 c66 c82 ce6 d02 d20 d66 d82 e50 ed0 1010 101d 1040 10ff 12d0 1d0f 1d11 2296 229d 236c 2c9f 2d31 2d41 2d54 3007 a4f3 a74b ab3d ab3e ab74 ab8e abbb 10292 102ab 1042c 104ea 10516 114d0 118b5 118c8 118d7 118e0 1d21a 1f714',
  ],
  ['oe', '153'],
  ['oo', '66a 2052 221e a699 a74f'],
  ['ooo', '609 2030'],
  ['oooo', '60a 2031'],
  ['p', '1a5 3c1 440 13e2 146d 1476 1477 1486 1d7d 2374 2ca3 a4d1 10295'],
  ['q', '2a0 51b 563 566 2d55'],
  ['qe', '1f700'],
  [
    'r',
    '1a6 24d 27c 27d 433 491 493 13a1 13d2 1587 1d26 1d72 2c85 a4e3 ab47 ab48 ab81 104b4 16f35 1d216',
  ],
  [
    'rn',
    '6d 271 39c 3fa 41c 4cd 13b7 15f0 16d6 1d6f 20a5 2c98 a4df 102b0 10311 11700 118e3 1d6b3 1d6ed 1d727 1d761 1d79b',
  ],
  ['rnb', '1f76b'],
  ['s', '1bd 282 455 54f 13d5 1d74 a4e2 a731 abaa 10296 10448 118c1 16f3a'],
  ['sss', '1f75c'],
  [
    't',
    '167 1ad 1ae 23e 3a4 422 4ac 13a2 1d75 20ae 22a4 2361 27d9 2ca6 a4d4 10297 102b1 10315 118bc 16f0a 1d6bb 1d6f5 1d72f 1d769 1d7a3 1f768',
  ],
  ['t3', 'a728'],
  ['tf', 'a777'],
  ['ts', '2a6'],
  [
    'u',
    '244 28b 3c5 57d 1200 144c 1457 1458 1467 1d1c 1d7e 222a 22c3 a4f4 a79f ab4e ab52 ab9c 104f6 118d8 16f42',
  ],
  ['ue', '1d6b'],
  ['uo', 'ab63'],
  [
    'v',
    '3bd 475 5d8 667 6f7 142f 143a 143b 1d20 2228 22c1 2d38 a4e6 a6df aba9 10197 1051d 11706 118c0 16f08 1d20d 1f708',
  ],
  ['vb', '1f76c'],
  [
    'w',
    '26f 461 47d 51d 561 13c7 13d4 15ef 18ed 1d21 20a9 a4ea a761 ab83 114c5 1170a 1170e 1170f 118e6 118ef 1d222',
  ],
  [
    'x',
    'd7 3a7 445 4b2 1541 157d 166d 166e 16b7 2573 292b 292c 2a2f 2a30 2cac 2d5d a4eb a7b3 10196 10290 102b4 10317 10322 10527 118ec 1d6be 1d6f8 1d732 1d76c 1d7a6',
  ],
  [
    'y',
    'a5 1b4 24f 263 28f 38e 3a5 3ab 3b3 3d2 3d3 3d4 403 413 443 490 492 4af 4b1 10e7 13a9 13b1 13bd 14a5 14ae 14af 1d8c 1eff 1f59 1f5b 1f5d 1f5f 1fe8 1fe9 1fea 1feb 2c84 2ca8 a4ec ab5a 102b2 118a4 118dc 16f07 16f43 1d6bc 1d6f6 1d730 1d76a 1d7a4',
  ],
  [
    'z',
    '1b6 225 290 396 1d22 1d76 a4dc ab93 102f5 118a9 118c4 118e5 1d6ad 1d6e7 1d721 1d75b 1d795',
  ],
]
