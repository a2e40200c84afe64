// npm start, npm run demo: builds if needed, and becomes the service.
const parent = process.ppid
await import('./build-if-needed.mjs')
// Stopped while it was building: see stopWithParent in src/run.ts.
if (process.ppid !== parent) process.exit(1)
await import(process.argv[2] === 'demo' ? '../dist/cli.js' : '../dist/main.js')
