import { afterEach, describe, expect, test, vi } from 'vitest'
import { stopWithParent } from '../src/run.js'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('a service that npm started', () => {
  test('stops once when the shell between them is gone, and not before', () => {
    vi.useFakeTimers()
    const parent = vi.spyOn(process, 'ppid', 'get').mockReturnValue(4_242)
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
    stopWithParent()
    vi.advanceTimersByTime(5_000)
    expect(kill).not.toHaveBeenCalled()
    parent.mockReturnValue(1)
    vi.advanceTimersByTime(5_000)
    expect(kill.mock.calls).toEqual([[process.pid, 'SIGTERM']])
  })
})
