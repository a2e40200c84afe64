// The same check as src/check-node.ts, for what runs before a build.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(
    `Sceau needs Node 22.19 or newer; this is Node ${process.versions.node}. On Linux, "npm ci" brings Node 24.`,
  )
  process.exit(1)
}
