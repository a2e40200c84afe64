import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** `before`: the message does not arrive; `after`: it does, and what is answered to it does not. */
export type Cut = Readonly<{ at: number; when: 'before' | 'after' }>

export type Proxy = Readonly<{
  port: number
  /** Counts anew, and cuts one connection at the nth message of clients; without an argument, none. */
  cut(next?: Cut): void
  /** Cuts whoever is connected; who connects from now on gets to another server of this machine. */
  turn(toPort: number): void
  /** What clients have sent since. */
  messages(): number
  close(): void
}>

/** Stands between clients and a server of this machine. What the driver writes at once is a message. */
export async function startProxy(toPort: number): Promise<Proxy> {
  let sent = 0
  let next: Cut | undefined
  let to = toPort
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(to, '127.0.0.1')
    let isCut = false
    const both = [client, upstream]
    const end = () => {
      for (const one of both) one.destroy()
    }
    for (const one of both) {
      sockets.add(one.on('error', end).on('close', end))
    }
    client.on('data', (message) => {
      sent += 1
      isCut ||= sent === next?.at
      if (isCut && next?.when === 'before') end()
      else upstream.write(message)
    })
    upstream.on('data', (answer) => {
      if (isCut) end()
      else client.write(answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    cut(wanted) {
      sent = 0
      next = wanted
    },
    turn(port) {
      to = port
      for (const one of sockets) one.destroy()
    },
    messages: () => sent,
    close() {
      for (const one of sockets) one.destroy()
      server.close()
    },
  }
}
