// npm start, npm run demo: builds if needed and becomes the service, so that a signal to npm reaches it (a shell between
// them, as in "build && serve", would end alone and leave the service running).
import './build-if-needed.mjs'

await import(process.argv[2] === 'demo' ? '../dist/cli.js' : '../dist/main.js')
