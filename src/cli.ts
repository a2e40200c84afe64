#!/usr/bin/env node
import './check-node.js'
import { runCommand } from './cli/program.js'
import { stopWithParent } from './run.js'

if (process.env.npm_lifecycle_event) stopWithParent()

process.exitCode = await runCommand(process.argv, process.env)
