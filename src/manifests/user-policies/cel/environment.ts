/** CEL as the API server speaks it: the language, with Kubernetes' libraries. https://kubernetes.io/docs/reference/using-api/cel/ */
import { Environment } from '@marcbachmann/cel-js'
import { registerFormats } from './format-library.ts'
import { registerLists } from './list-library.ts'
import { registerNetworks } from './network-library.ts'
import { registerOptionals } from './optional-library.ts'
import { registerQuantities } from './quantity-library.ts'
import { registerSemver } from './semver-library.ts'
import { registerStrings } from './string-library.ts'
import { registerTwoVariableMacros } from './two-variable-library.ts'
import { registerUrls } from './url-library.ts'

/** A new environment: they are dear to make, and one serves all policies of a run. `authorizer` is left out: it needs a cluster. */
export function kubernetesEnvironment(): Environment {
  const environment = new Environment({
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
    // The API server refuses expressions over 10 KiB long before these.
    limits: { maxAstNodes: 20_000, maxDepth: 250, maxListElements: 2_000, maxMapEntries: 2_000, maxCallArguments: 32 },
  })
  for (const variable of ['object', 'oldObject', 'request', 'params', 'namespaceObject', 'variables'])
    environment.registerVariable(variable, 'dyn')
  for (const register of libraries) register(environment)
  return environment
}

const libraries = [
  registerFormats,
  registerLists,
  registerNetworks,
  registerOptionals,
  registerQuantities,
  registerSemver,
  registerStrings,
  registerTwoVariableMacros,
  registerUrls,
] as const

/** The library has one regular expression function of its own; RE2's is another one. String literals are left alone. */
export function withOwnFunctions(expression: string): string {
  return expression.replace(
    /(r?"""[\s\S]*?"""|r?'''[\s\S]*?'''|r"[^"]*"|r'[^']*'|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\.matches(?=\s*\()/g,
    (_, literal: string | undefined) => literal ?? '.matchesPattern',
  )
}
