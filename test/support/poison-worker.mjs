/** What a poisoned input may do to a thread; anything else is handed back. */
export default function work(task) {
  if (task === 'loop') for (;;);
  if (task === 'memory') {
    const held = []
    for (;;) held.push(Array.from({ length: 10_000 }, () => ({ held })))
  }
  if (task === 'exit') process.exit(1)
  if (task === 'throw') throw new Error('canari')
  return { echo: task }
}
