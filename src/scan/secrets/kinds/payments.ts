/** Payment services and shops. */
import type { SecretKind } from '../kind.ts'
import { issued } from './issued.ts'

const opens = 'reads payments and customers, and moves money'

export const braintreeToken: SecretKind = issued({
  id: 'braintree-token',
  title: 'Braintree access token',
  severity: 'critical',
  opens,
  revoke: 'Revoke the connection in the control panel.',
  references: ['https://developer.paypal.com/braintree/docs/reference/general/best-practices'],
  anchors: ['access_token$production$'],
  expression: /access_token\$production\$[0-9a-z]{16}\$[0-9a-f]{32}(?![0-9a-z])/y,
})

export const easypostKey: SecretKind = issued({
  id: 'easypost-key',
  title: 'EasyPost API key',
  severity: 'high',
  opens: 'buys labels at the owner’s cost and reads addresses',
  revoke: 'Disable it under the account’s API keys.',
  references: ['https://docs.easypost.com/docs/authentication'],
  anchors: ['EZAK'],
  expression: /(?<![\w+/-])EZAK[0-9A-Za-z]{54}(?![\w+/=-])/y,
})

export const flutterwaveKey: SecretKind = issued({
  id: 'flutterwave-key',
  title: 'Flutterwave secret key',
  severity: 'critical',
  opens,
  revoke: 'Regenerate it in the dashboard’s settings.',
  references: ['https://developer.flutterwave.com/docs/authentication'],
  anchors: ['FLWSECK-'],
  expression: /(?<![\w-])FLWSECK-[0-9a-z]{32}-X(?![\w-])/y,
})

export const plaidToken: SecretKind = issued({
  id: 'plaid-token',
  title: 'Plaid access token',
  severity: 'high',
  opens: 'reads the accounts of a bank’s customer',
  revoke: 'Invalidate it with `/item/access_token/invalidate`.',
  references: ['https://plaid.com/docs/api/items/'],
  anchors: ['access-production-'],
  expression: /(?<![\w-])access-production-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])/y,
})

export const shippoToken: SecretKind = issued({
  id: 'shippo-token',
  title: 'Shippo token',
  severity: 'high',
  opens: 'buys labels at the owner’s cost and reads addresses',
  revoke: 'Regenerate it under the account’s API settings.',
  references: ['https://docs.goshippo.com/docs/guides_general/authentication/'],
  anchors: ['shippo_live_'],
  expression: /(?<![\w-])shippo_live_[0-9a-f]{40}(?![\w-])/y,
})

export const shopifyToken: SecretKind = issued({
  id: 'shopify-token',
  title: 'Shopify token',
  severity: 'critical',
  opens: 'reads and changes orders, customers and products of the shop',
  revoke: 'Rotate the credentials of the app, or uninstall it from the shop.',
  references: ['https://shopify.dev/docs/apps/build/authentication-authorization'],
  anchors: ['shpat_', 'shpca_', 'shppa_', 'shpss_'],
  expression: /(?<![\w-])shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}(?![\w-])/y,
})

export const squareToken: SecretKind = issued({
  id: 'square-token',
  title: 'Square token or secret',
  severity: 'critical',
  opens,
  revoke: 'Replace it in the developer dashboard.',
  references: ['https://developer.squareup.com/docs/build-basics/access-tokens'],
  anchors: ['sq0atp-', 'sq0csp-'],
  expression: /(?<![\w-])sq0(?:atp-[\w-]{22}|csp-[\w-]{43})(?![\w-])/y,
})

export const stripeKey: SecretKind = issued({
  id: 'stripe-key',
  title: 'Stripe secret key',
  severity: 'critical',
  opens,
  revoke: 'Roll the key in the dashboard, and look into its request log.',
  references: ['https://docs.stripe.com/keys'],
  anchors: ['sk_live_', 'rk_live_'],
  expression: /(?<![0-9A-Za-z])[sr]k_live_[0-9A-Za-z]{20,247}(?![0-9A-Za-z_])/y,
})

export const stripeTestKey: SecretKind = {
  id: 'stripe-test-key',
  title: 'Stripe test key',
  severity: 'low',
  opens: 'has the test data of the account, and no money',
  revoke: 'Roll the key in the dashboard.',
  references: ['https://docs.stripe.com/keys'],
  anchors: ['sk_test_', 'rk_test_'],
  expression: /(?<![0-9A-Za-z])[sr]k_test_[0-9A-Za-z]{20,247}(?![0-9A-Za-z_])/y,
}

export const stripeWebhookSecret: SecretKind = {
  id: 'stripe-webhook-secret',
  title: 'Stripe webhook secret',
  severity: 'medium',
  opens: 'can forge events that the application takes for the payment service’s',
  revoke: 'Roll the secret of the endpoint in the dashboard.',
  references: ['https://docs.stripe.com/webhooks'],
  anchors: ['whsec_'],
  expression: /(?<![\w-])whsec_[0-9A-Za-z+/]{32,64}={0,2}(?![\w+/=])/y,
  inBinaries: true,
}
