/** Variables that open a program to whoever debugs it. */
import { quote } from '../../../findings.ts'
import { environmentOf } from '../environment.ts'
import type { ImageRule } from '../rule.ts'

export const debugEnvironment: ImageRule = {
  id: 'image/debug-environment',
  severity: 'medium',
  title: 'Environment turns a debugger on',
  why: 'A debugger runs what it is told: a debug port or a console on the error page gives the process to everybody who reaches it, without a password.',
  fix: 'Remove the variable from the image; set it in the one workload that is being debugged.',
  references: [
    'https://nodejs.org/en/learn/getting-started/debugging#security-implications',
    'https://flask.palletsprojects.com/en/stable/debugging/',
  ],
  concerns: 'image',
  *check({ image: { config } }) {
    const variables = environmentOf(config.env)
    for (const [name, matches, what] of switches) {
      const value = variables.get(name)
      if (value !== undefined && matches.test(value))
        yield { content: { field: 'Env' }, anchor: name, message: `${name}=${quote(value, 80)} ${what}` }
    }
  },
}

const debugPort = /-agentlib:jdwp=\S*\baddress=(?!localhost|127\.)(?:\*|0\.0\.0\.0|\[?::\]?|[\w.-]+:)/

const switches: readonly (readonly [name: string, matches: RegExp, what: string])[] = [
  ['FLASK_DEBUG', /^(?!(?:0|false|no)$).+/i, 'gives everybody the console of Werkzeug'],
  ['FLASK_ENV', /^development$/, 'gives everybody the console of Werkzeug'],
  ['JAVA_TOOL_OPTIONS', debugPort, 'opens the debug port of Java on all addresses'],
  ['JDK_JAVA_OPTIONS', debugPort, 'opens the debug port of Java on all addresses'],
  ['NODE_OPTIONS', /--inspect(?:-brk)?=(?:0\.0\.0\.0|\[?::\]?)/, 'opens the inspector of Node.js on all addresses'],
]
