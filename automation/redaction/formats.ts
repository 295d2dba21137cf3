/**
 * Data table: credentials that can be told by their form alone, and where each form is described.
 * No pattern can take more than linear time: each repeats one class of characters within bounds.
 */

/** A form of credentials. */
export interface Format {
  /** Stands in the text in place of the credential. */
  readonly what: string
  /**
   * Finds the credential. A group named `secret` is the part to take out; without one, all that was
   * found is.
   */
  readonly pattern: RegExp
  /**
   * No text but a credential has this form, whatever stands around it: where none belongs, it is
   * refused.
   */
  readonly certain?: true
  /** Page that describes the form. */
  readonly source: string
}

const github =
  'https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github'
const gitlab = 'https://docs.gitlab.com/security/tokens/#token-prefixes'
const aws = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html'
const slack = 'https://docs.slack.dev/authentication/tokens'
const google = 'https://cloud.google.com/docs/authentication/api-keys'
const azure = 'https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string'

/** The forms, those that hold others first. */
export const formats: readonly Format[] = [
  {
    what: 'a private key',
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^-]{0,20000}(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?/g,
    certain: true,
    source: 'https://www.rfc-editor.org/rfc/rfc7468'
  },
  {
    what: 'a token of this service',
    pattern: /(?<![A-Za-z0-9])wlt_[A-Za-z0-9]{20,80}/g,
    certain: true,
    source: 'docs/access.md'
  },
  {
    what: 'a GitHub token',
    pattern: /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{20,255}/g,
    certain: true,
    source: github
  },
  {
    what: 'a GitHub token',
    pattern: /(?<![A-Za-z0-9])github_pat_\w{22,255}/g,
    certain: true,
    source: github
  },
  {
    what: 'a GitLab token',
    pattern:
      /(?<![A-Za-z0-9])(?:gl(?:pat|oas|dt|rt|ptt|ft|imt|agent|soat|ffct|cbt|rtr)-[\w.-]{20,300}|GR1348941[\w-]{20,50})/g,
    certain: true,
    source: gitlab
  },
  {
    what: 'a Slack token',
    pattern: /(?<![A-Za-z0-9])xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{10,250}/g,
    certain: true,
    source: slack
  },
  {
    what: 'a Slack token',
    pattern: /(?<![A-Za-z0-9])xapp-\d-[A-Za-z0-9-]{10,250}/g,
    certain: true,
    source: slack
  },
  {
    what: 'the address of a Slack webhook',
    pattern: /hooks\.slack(?:-gov)?\.com\/(?<secret>(?:services|workflows|triggers)\/[\w/+-]{20,200})/g,
    source: 'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks'
  },
  {
    what: 'an AWS access key id',
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Z0-9])/g,
    certain: true,
    source: aws
  },
  {
    what: 'an AWS secret access key',
    pattern:
      /(?:secret[_-]?access[_-]?key|secretaccesskey|aws[_-]?secret(?:[_-]?key)?)["'\s:=]{1,10}(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
    source: aws
  },
  {
    what: 'an AWS session token',
    pattern: /session[_-]?token["'\s:=]{1,10}(?<secret>[A-Za-z0-9/+]{100,2000}={0,2})/gi,
    source: aws
  },
  { what: 'a Google API key', pattern: /(?<![\w-])AIza[\w-]{35}/g, certain: true, source: google },
  {
    what: 'a Google access token',
    pattern: /(?<![\w-])ya29\.[\w.-]{20,2000}/g,
    certain: true,
    source: google
  },
  { what: 'a Google client secret', pattern: /(?<![\w-])GOCSPX-[\w-]{28}/g, certain: true, source: google },
  {
    what: 'an Azure client secret',
    pattern: /(?<![\w.~-])[\w.~-]{3}\dQ~[\w.~-]{31,34}(?![\w.~-])/g,
    certain: true,
    source: 'https://learn.microsoft.com/purview/sit-defn-azure-ad-client-secret'
  },
  {
    what: 'an Azure key',
    pattern: /(?:AccountKey|SharedAccessKey|AccessKey)=(?<secret>[A-Za-z0-9+/]{30,120}={0,2})/gi,
    source: azure
  },
  {
    what: 'an Azure signature',
    pattern: /[?&;]sig=(?<secret>[A-Za-z0-9%+/_-]{30,150}={0,2})/gi,
    source: 'https://learn.microsoft.com/azure/storage/common/storage-sas-overview'
  },
  {
    what: 'a Stripe key',
    pattern: /(?<![A-Za-z0-9])(?:[sr]k_(?:live|test)|whsec)_[A-Za-z0-9+/=]{16,250}/g,
    certain: true,
    source: 'https://docs.stripe.com/keys'
  },
  {
    what: 'a PagerDuty key',
    pattern:
      /(?:pagerduty|routing[_ -]?key|integration[_ -]?key|service[_ -]?key)["'\s:=]{1,10}(?:is\s)?(?<secret>[A-Za-z0-9_+-]{20,40})(?![\w+-])/gi,
    source: 'https://support.pagerduty.com/main/docs/services-and-integrations'
  },
  {
    what: 'an npm token',
    pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}/g,
    certain: true,
    source: 'https://docs.npmjs.com/about-access-tokens'
  },
  {
    what: 'a Pulumi token',
    pattern: /(?<![A-Za-z0-9])pul-[0-9a-f]{40}/g,
    certain: true,
    source: 'https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens'
  },
  {
    what: 'a Vault token',
    pattern: /(?<![A-Za-z0-9])hv[sbr]\.[\w-]{20,300}/g,
    certain: true,
    source: 'https://developer.hashicorp.com/vault/docs/concepts/tokens'
  },
  {
    what: 'a signed token',
    pattern: /(?<![\w-])eyJ[\w-]{8,4000}\.eyJ[\w-]{8,8000}(?:\.[\w-]{0,2000})?/g,
    certain: true,
    source: 'https://www.rfc-editor.org/rfc/rfc7519'
  },
  {
    what: 'a credential',
    pattern:
      /\bauthorization["']?\s{0,3}[:=]\s{0,3}["']?(?:(?:basic|bearer|token|apikey|digest|negotiate)\s{1,3}(?<secret>[A-Za-z0-9+/=._~:-]{6,4000})|(?<bare>[A-Za-z0-9+/=._~:-]{16,4000}))/gi,
    source: 'https://www.rfc-editor.org/rfc/rfc9110#section-11.6.2'
  },
  {
    what: 'a credential',
    pattern: /\b(?:bearer|basic)\s{1,3}(?<secret>[A-Za-z0-9+/=._~-]{16,4000})/gi,
    source: 'https://www.rfc-editor.org/rfc/rfc6750#section-2.1'
  },
  {
    what: 'a password',
    pattern: /\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:/?#@]{0,200}:(?<secret>[^\s/?#@]{1,500})@/gi,
    source: 'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1'
  }
]
