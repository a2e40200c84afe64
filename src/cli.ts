#!/usr/bin/env node
import './check-node.js'
import { runCommand } from './cli/program.js'

process.exitCode = await runCommand(process.argv, process.env)
