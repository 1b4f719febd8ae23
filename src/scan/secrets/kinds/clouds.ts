/** Clouds other than the three largest, and hosts of applications, data and names. */
import { endsWithCrc62 } from '../checksums.ts'
import type { SecretKind } from '../kind.ts'
import { assigned } from './assigned.ts'
import { issued } from './issued.ts'

const opens = 'makes, changes and deletes what the account runs'
const revoke = 'Revoke it in the console of the provider, and make one with fewer rights.'
const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

export const alibabaAccessKey: SecretKind = issued({
  id: 'alibaba-access-key',
  title: 'Alibaba Cloud access key',
  severity: 'high',
  opens: 'knows the user, and with the secret that mostly stands beside it acts with all the user’s rights',
  revoke,
  references: ['https://www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair'],
  anchors: ['LTAI'],
  expression: /(?<![\w+/-])LTAI[0-9A-Za-z]{20}(?![\w+/=-])/y,
})

export const cloudflareOriginKey: SecretKind = issued({
  id: 'cloudflare-origin-key',
  title: 'Cloudflare origin CA key',
  severity: 'high',
  opens: 'has certificates made for the zones of the account',
  revoke,
  references: ['https://developers.cloudflare.com/fundamentals/api/get-started/ca-keys/'],
  anchors: ['v1.0-'],
  expression: /(?<![\w.-])v1\.0-[0-9a-f]{24}-[0-9a-f]{146}(?![\w-])/y,
})

export const cloudflareToken: SecretKind = {
  id: 'cloudflare-token',
  title: 'Cloudflare API token',
  severity: 'high',
  opens: 'changes the names, rules and workers of the zones that it is for',
  revoke,
  references: ['https://developers.cloudflare.com/fundamentals/api/get-started/create-token/'],
  anchors: ['cloudflare', 'cf_api_'],
  anyCase: true,
  expression: assigned('(?:cloudflare|cf)[\\w.-]{0,16}(?:token|key)', '(?:[\\w-]{40}|[0-9a-f]{37})'),
  isGenuine: (secret) => /\d/.test(secret) && /[a-f]/.test(secret) && !/^[0-9a-f]{40}$/.test(secret),
}

export const databricksToken: SecretKind = issued({
  id: 'databricks-token',
  title: 'Databricks token',
  severity: 'high',
  opens: 'reads the data of the workspace and runs code in it',
  revoke,
  references: ['https://docs.databricks.com/aws/en/dev-tools/auth/pat'],
  anchors: ['dapi'],
  expression: /(?<![0-9A-Za-z_-])dapi[0-9a-f]{32}(?:-\d)?(?![0-9A-Za-z_])/y,
})

export const digitaloceanToken: SecretKind = issued({
  id: 'digitalocean-token',
  title: 'DigitalOcean token',
  severity: 'critical',
  opens,
  revoke,
  references: ['https://docs.digitalocean.com/reference/api/create-personal-access-token/'],
  anchors: ['dop_v1_', 'doo_v1_', 'dor_v1_'],
  expression: /(?<![\w-])do[opr]_v1_[0-9a-f]{64}(?![\w-])/y,
})

export const fastlyToken: SecretKind = {
  id: 'fastly-token',
  title: 'Fastly API token',
  severity: 'high',
  opens: 'changes and purges what is delivered to users',
  revoke,
  references: ['https://www.fastly.com/documentation/guides/account-info/user-access-and-control/using-api-tokens/'],
  anchors: ['fastly'],
  anyCase: true,
  expression: assigned('fastly[\\w.-]{0,16}(?:token|key)', '[\\w-]{32}'),
  isGenuine: (secret) => /\d/.test(secret) && /[A-Z]/.test(secret) && /[a-z]/.test(secret),
}

export const flyToken: SecretKind = issued({
  id: 'fly-token',
  title: 'Fly.io token',
  severity: 'high',
  opens,
  revoke,
  references: ['https://fly.io/docs/security/tokens/'],
  anchors: ['fo1_', 'fm1r_', 'fm1a_', 'fm2_'],
  expression: /(?<![\w-])(?:fo1_[\w-]{43}|fm(?:1[ar]|2)_[0-9A-Za-z+/]{100,490}={0,3})(?![\w+/=-])/y,
})

export const herokuKey: SecretKind = {
  id: 'heroku-key',
  title: 'Heroku API key',
  severity: 'high',
  opens,
  revoke,
  references: ['https://devcenter.heroku.com/articles/authentication'],
  anchors: ['HRKU-', 'heroku_api_key', 'heroku_key', 'heroku_token'],
  anyCase: true,
  expression: new RegExp(`(?<secret>HRKU-[\\w-]{58,64}(?![\\w-]))|(?:${assigned('heroku_(?:api_)?(?:key|token)', uuid).source})`, 'dy'),
}

export const ibmCloudKey: SecretKind = {
  id: 'ibm-cloud-key',
  title: 'IBM Cloud API key',
  severity: 'high',
  opens,
  revoke,
  references: ['https://cloud.ibm.com/docs/account?topic=account-userapikey'],
  anchors: ['ibmcloud_api_key', 'ibm_cloud_api_key', 'ibmcloud-api-key', 'bluemix_api_key', 'ic_api_key'],
  anyCase: true,
  expression: assigned('(?:ibm_?cloud|ibmcloud|bluemix|ic)[_-]api[_-]key', '[\\w-]{44}'),
}

export const mapboxToken: SecretKind = {
  id: 'mapbox-token',
  title: 'Mapbox secret token',
  severity: 'medium',
  opens: 'changes maps and data of the account',
  revoke,
  references: ['https://docs.mapbox.com/help/getting-started/access-tokens/'],
  // The base64 of `{"u":"`.
  anchors: ['sk.eyJ1Ijoi'],
  expression: /(?<![\w-])sk\.eyJ1Ijoi[\w-]{40,200}\.[\w-]{22}(?![\w-])/y,
  isCertain: true,
}

export const neonKey: SecretKind = issued({
  id: 'neon-key',
  title: 'Neon API key',
  severity: 'high',
  opens: 'makes and deletes databases of the account and reads their passwords',
  revoke,
  references: ['https://neon.com/docs/manage/api-keys'],
  anchors: ['napi_'],
  expression: /(?<![\w-])napi_[0-9a-z]{60,70}(?![\w-])/y,
})

export const netlifyToken: SecretKind = issued({
  id: 'netlify-token',
  title: 'Netlify token',
  severity: 'high',
  opens: 'deploys other content under the names of the account',
  revoke,
  references: ['https://docs.netlify.com/api/get-started/#authentication'],
  anchors: ['nfp_'],
  expression: /(?<![\w-])nfp_[0-9A-Za-z]{36}(?![\w-])/y,
})

export const planetscaleToken: SecretKind = issued({
  id: 'planetscale-token',
  title: 'PlanetScale token or password',
  severity: 'high',
  opens: 'reads and changes databases of the organisation',
  revoke,
  references: ['https://planetscale.com/docs/api/reference/service-tokens'],
  anchors: ['pscale_tkn_', 'pscale_oauth_', 'pscale_pw_'],
  expression: /(?<![\w-])pscale_(?:tkn|oauth|pw)_[\w.=-]{32,64}(?![\w-])/y,
})

export const scalewayKey: SecretKind = {
  id: 'scaleway-key',
  title: 'Scaleway secret key',
  severity: 'high',
  opens,
  revoke,
  references: ['https://www.scaleway.com/en/docs/iam/how-to/create-api-keys/'],
  anchors: ['scw_secret', 'scaleway_secret'],
  anyCase: true,
  expression: assigned('(?:scw|scaleway)_secret', uuid),
}

export const supabaseKey: SecretKind = issued({
  id: 'supabase-key',
  title: 'Supabase token or secret key',
  severity: 'critical',
  opens: 'passes by the row level security of the database, or changes the projects',
  revoke,
  references: ['https://supabase.com/docs/guides/api/api-keys'],
  anchors: ['sbp_', 'sb_secret_'],
  expression: /(?<![\w-])(?:sbp_(?:v0_)?[0-9a-f]{40}|sb_secret_[\w-]{31})(?![\w-])/y,
})

export const tencentSecretId: SecretKind = issued({
  id: 'tencent-secret-id',
  title: 'Tencent Cloud secret id',
  severity: 'high',
  opens: 'knows the user, and with the key that mostly stands beside it acts with all the user’s rights',
  revoke,
  references: ['https://www.tencentcloud.com/document/product/598/34228'],
  anchors: ['AKID'],
  expression: /(?<![\w+/-])AKID[0-9A-Za-z]{32}(?![\w+/=-])/y,
})

export const vercelToken: SecretKind = issued({
  id: 'vercel-token',
  title: 'Vercel token',
  severity: 'high',
  opens: 'deploys other content under the names of the account, and reads its variables',
  revoke,
  references: ['https://vercel.com/docs/rest-api#authentication'],
  anchors: ['vcp_', 'vci_', 'vca_'],
  expression: /(?<![\w-])vc[pia]_[\w-]{50}[0-9A-Za-z]{6}(?![\w-])/y,
  isGenuine: (secret) => endsWithCrc62(secret.slice(4)),
})

export const yandexKey: SecretKind = issued({
  id: 'yandex-key',
  title: 'Yandex Cloud key',
  severity: 'high',
  opens,
  revoke,
  references: ['https://yandex.cloud/en/docs/iam/concepts/authorization/api-key'],
  anchors: ['AQVN'],
  expression: /(?<![\w+/-])AQVN[\w-]{35,38}(?![\w+/=-])/y,
})
