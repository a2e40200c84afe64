// First import of every entry point: better-sqlite3 13 dies on Node 20 with SIGSEGV and no word.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(
    `Sceau needs Node 22.19 or newer; this is Node ${process.versions.node}.\n` +
      'Start it with npm ("npm start", "npm run demo", "npx sceau"): on Linux, "npm ci" brings Node 24.',
  )
  process.exit(1)
}
export {}
