/** The values inside a secret are secret; its words, names and addresses are not. */
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { suite, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { Redactor } from '../../../automation/redaction/redactor.ts'

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  .export({ type: 'sec1', format: 'pem' }).toString()
const body = pem.split('\n').filter((line) => !line.startsWith('-----')).join('')

interface Case {
  secret: string
  /** Taken out wherever they are. */
  hidden: string[]
  /** Readable. */
  shown: string[]
}

const cases: Record<string, Case> = {
  'a JSON document': {
    secret: JSON.stringify({
      user: 'deployer',
      password: 'hunter2-hunter2',
      region: 'eu-central-1',
      ssl: true
    }),
    hidden: ['hunter2-hunter2'],
    shown: ['deployer', 'eu-central-1', 'true', 'password']
  },
  'a service account of Google': {
    secret: JSON.stringify({
      type: 'service_account',
      project_id: 'acme-production',
      private_key_id: '0c4f8a7e6b5d4c3b2a190817263544536271809f',
      private_key: pem,
      client_email: 'deployer@acme-production.iam.gserviceaccount.com',
      token_uri: 'https://oauth2.googleapis.com/token'
    }),
    hidden: [body, body.slice(64), '0c4f8a7e6b5d4c3b2a190817263544536271809f'],
    shown: [
      'service_account',
      'acme-production',
      'deployer@acme-production.iam.gserviceaccount.com',
      'https://oauth2.googleapis.com/token'
    ]
  },
  'a kubeconfig': {
    secret: [
      'apiVersion: v1',
      'kind: Config',
      'clusters:',
      '- name: production',
      '  cluster:',
      '    server: https://hub.example.com:6443',
      'users:',
      '- name: deployer',
      '  user:',
      '    token: sha256~opaque-token-of-a-cluster',
      `    client-key-data: ${base64(pem)}`
    ].join('\n'),
    hidden: ['sha256~opaque-token-of-a-cluster', base64(pem), body],
    shown: ['https://hub.example.com:6443', 'production', 'deployer', 'apiVersion: v1']
  },
  'a dotenv file': {
    secret: 'NODE_ENV=production\nDB_PASSWORD="quoted-pass"\nexport API_TOKEN=abc123def456 # of ' +
      'staging\nPORT=8080\n',
    hidden: ['quoted-pass', 'abc123def456'],
    shown: ['production', '8080', 'of staging']
  },
  'an INI file': {
    secret: '[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ' +
      'wJalrXUtnFEMI/K7MDENG\nregion = us-west-2\n',
    hidden: ['wJalrXUtnFEMI/K7MDENG'],
    shown: ['us-west-2', '[default]']
  },
  'properties of Java': {
    secret: 'spring.datasource.username=orders\nspring.datasource.password=correct-horse\nserver.port=8443',
    hidden: ['correct-horse'],
    shown: ['orders', '8443']
  },
  'a URL with a password': {
    secret: 'postgres://orders:p%40ssw0rd@db.example.com:5432/orders?sslmode=require',
    hidden: ['p%40ssw0rd', 'p@ssw0rd'],
    shown: ['db.example.com', 'sslmode=require', 'orders']
  },
  'an address of Slack': {
    secret: 'https://hooks.slack.com/services/T024BE7LD/B0ABCDEFG/Xk29fjQ0pLmN8sTvWyZa1b2c',
    hidden: ['Xk29fjQ0pLmN8sTvWyZa1b2c'],
    shown: ['hooks.slack.com', 'services']
  },
  'a connection string of ADO': {
    secret: 'Server=tcp:db.example.com,1433;Database=orders;User ID=sa;Password=hunter2 hunter2;Encrypt=true',
    hidden: ['hunter2 hunter2'],
    shown: ['db.example.com', 'orders', 'true']
  },
  'a connection string of libpq': {
    secret: "host=db.example.com port=5432 user=orders password='it\\'s secret' dbname=orders",
    hidden: ["it's secret", "it\\'s secret"],
    shown: ['db.example.com', '5432', 'dbname']
  },
  'a connection string of JDBC': {
    secret: 'jdbc:sqlserver://db.example.com:1433;databaseName=orders;user=sa;password=hunter2-hunter2',
    hidden: ['hunter2-hunter2'],
    shown: ['db.example.com', 'databaseName']
  },
  'a connection string of Azure Storage': {
    secret: 'DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=' +
      `${base64('0123456789abcdef'.repeat(4))};EndpointSuffix=core.windows.net`,
    hidden: [base64('0123456789abcdef'.repeat(4))],
    shown: ['core.windows.net', 'https']
  },
  'a pair for basic authentication': {
    secret: 'deployer:hunter2-hunter2',
    hidden: ['hunter2-hunter2'],
    shown: ['deployer']
  },
  'a header': {
    secret: `Basic ${base64('deployer:hunter2-hunter2')}`,
    hidden: ['hunter2-hunter2', base64('deployer:hunter2-hunter2')],
    shown: ['deployer']
  },
  'a netrc': {
    secret: 'machine git.example.com\n  login deployer\n  password hunter2-hunter2\n',
    hidden: ['hunter2-hunter2'],
    shown: ['git.example.com', 'deployer']
  },
  'a configuration of Docker': {
    secret: JSON.stringify({ auths: { 'registry.example.com': { auth: base64('robot:hunter2-hunter2') } } }),
    hidden: ['hunter2-hunter2', base64('robot:hunter2-hunter2')],
    shown: ['registry.example.com', 'robot']
  },
  'a key file': {
    secret: pem,
    hidden: [body, body.slice(0, 64), body.slice(128), pem.trim().split('\n').at(-2) ?? ''],
    shown: ['-----BEGIN EC PRIVATE KEY-----']
  },
  'a key file in one line': {
    secret: pem.replaceAll('\n', '\\n'),
    hidden: [body, body.slice(128)],
    shown: []
  },
  'a text of base64 with a short last line': {
    secret: `${'Ab3'.repeat(21)}x\n${'Zy9'.repeat(21)}x\nq9==`,
    hidden: [`${'Zy9'.repeat(21)}x`, 'q9=='],
    shown: []
  },
  'a source name of Go': {
    secret: 'orders:hunter2@hunter2@tcp(db.example.com:3306)/orders?parseTime=true&loc=UTC',
    hidden: ['hunter2@hunter2'],
    shown: ['db.example.com', 'parseTime=true', 'orders']
  },
  'a source name of Go over a socket': {
    secret: 'orders:hunter2-hunter2@unix(/run/mysqld.sock)/orders',
    hidden: ['hunter2-hunter2'],
    shown: ['mysqld.sock', 'orders']
  },
  'a connection of Oracle': {
    secret: 'jdbc:oracle:thin:orders/hunter2-hunter2@//db.example.com:1521/orders',
    hidden: ['hunter2-hunter2'],
    shown: ['db.example.com', 'orders']
  },
  'a connection of Oracle with quotes and an alias': {
    secret: 'orders/"hunter2@hunter2"@db.example.com:1521:orders',
    hidden: ['hunter2@hunter2'],
    shown: ['db.example.com', 'orders']
  },
  'lines of a pgpass': {
    secret: '# hosts\ndb.example.com:5432:orders:deployer:hunter2\\:hunter2\n*:*:*:reader:other-hunter3\n',
    hidden: ['hunter2:hunter2', 'hunter2\\:hunter2', 'other-hunter3'],
    shown: ['db.example.com', 'deployer', '5432']
  },
  'a line of a pgpass': {
    secret: 'db.example.com:5432:orders:deployer:hunter2-hunter2',
    hidden: ['hunter2-hunter2'],
    shown: ['db.example.com', 'deployer']
  },
  'a line of an npmrc': {
    secret: '//registry.example.com/:_authToken=hunter2-hunter2',
    hidden: ['hunter2-hunter2'],
    shown: ['registry.example.com']
  },
  'an npmrc': {
    secret:
      'registry=https://registry.example.com/\n//registry.example.com/:_password=aHVudGVyMi1odW50ZXIy\n',
    hidden: ['aHVudGVyMi1odW50ZXIy', 'hunter2-hunter2'],
    shown: ['registry.example.com']
  },
  'blocks of HCL': {
    secret: [
      'provider "database" {',
      '  endpoint = "db.example.com"',
      '  auth {',
      '    password = "hunter2-hunter2"',
      '  }',
      '  header = {',
      '    "api-token" = "other-hunter3",',
      '  }',
      '}'
    ].join('\n'),
    hidden: ['hunter2-hunter2', 'other-hunter3'],
    shown: ['db.example.com', 'provider "database"']
  },
  'a block of HCL in one line': {
    secret: 'provider "database" { password = "hunter2 hunter2" }',
    hidden: ['hunter2 hunter2'],
    shown: ['provider', 'database']
  },
  'elements of XML': {
    secret: '<?xml version="1.0"?><server><id>releases</id><password>hunter2&amp;hunter2</password>' +
      '<token><![CDATA[other<hunter3>]]></token></server>',
    hidden: ['hunter2&hunter2', 'other<hunter3>'],
    shown: ['releases', 'server']
  },
  'attributes of XML': {
    secret: '<configuration>\n  <add key="ApiToken" value="hunter2-hunter2" />\n' +
      '  <user name="deployer" password=\'other-hunter3\'/>\n' +
      '  <entry key="database.password">third-hunter4</entry>\n</configuration>',
    hidden: ['hunter2-hunter2', 'other-hunter3', 'third-hunter4'],
    shown: ['ApiToken', 'deployer', 'configuration']
  },
  'several documents of YAML': {
    secret: 'region: eu-central-1\npassword: hunter2-hunter2\n---\nuser: deployer\ntoken: other-hunter3\n',
    hidden: ['hunter2-hunter2', 'other-hunter3'],
    shown: ['eu-central-1', 'deployer']
  },
  'bytes in YAML': {
    secret: `user: deployer\npassword: !!binary ${base64('hunter2-hunter2')}\nother: !!binary |\n  ${
      base64(`password=other-hunter3`)
    }\n`,
    hidden: ['hunter2-hunter2', base64('hunter2-hunter2'), 'other-hunter3'],
    shown: ['deployer']
  },
  'a Secret of Kubernetes': {
    secret: [
      'apiVersion: v1',
      'kind: Secret',
      'metadata:',
      '  name: orders',
      'stringData:',
      '  database: hunter2-hunter2',
      'data:',
      `  cache: ${base64('other-hunter3')}`,
      `  settings: ${base64('region: eu-central-1\npassword: third-hunter4\n')}`
    ].join('\n'),
    hidden: ['hunter2-hunter2', 'other-hunter3', 'third-hunter4', base64('other-hunter3')],
    shown: ['orders', 'database', 'eu-central-1']
  },
  'a list of Secrets of Kubernetes': {
    secret: JSON.stringify({
      kind: 'List',
      items: [{ kind: 'Secret', metadata: { name: 'orders' }, stringData: { database: 'hunter2-hunter2' } }]
    }),
    hidden: ['hunter2-hunter2'],
    shown: ['orders', 'database']
  },
  'a URL with a slash in its password': {
    secret: 'postgres://orders:hunter2/hunter2@db.example.com:5432/orders',
    hidden: ['hunter2/hunter2'],
    shown: ['db.example.com', 'orders', '5432']
  },
  'a URL with a hash and a question mark in its password': {
    secret: 'amqps://orders:hunter2#hunter?3@mq.example.com/orders?heartbeat=10',
    hidden: ['hunter2#hunter?3'],
    shown: ['mq.example.com', 'heartbeat=10']
  },
  'a URL with a port and an at sign in its path': {
    secret: 'https://registry.example.com:8443/packages/@acme/orders',
    hidden: [],
    shown: ['8443/packages/', 'registry.example.com', '@acme/orders']
  },
  'a compressed document': {
    secret: gzipSync('user: deployer\npassword: hunter2-hunter2\n').toString('base64'),
    hidden: ['hunter2-hunter2'],
    shown: ['deployer']
  },
  'variables of a pod': {
    secret: JSON.stringify([{ name: 'DB_PASSWORD', value: 'hunter2-hunter2' }, {
      name: 'REGION',
      value: 'europe-west3'
    }]),
    hidden: ['hunter2-hunter2'],
    shown: ['europe-west3', 'DB_PASSWORD']
  }
}

suite('values inside a secret', () => {
  for (const [name, { secret, hidden, shown }] of Object.entries(cases)) {
    test(`of ${name}, what is secret is taken out and the rest is readable`, () => {
      const redactor = new Redactor()
      redactor.learn(secret)
      for (const value of hidden) {
        const text = redactor.text(`the value is\n${value}\nand no other`)
        const left = text.replace(/^the value is\n/, '').replace(/\nand no other$/, '').replaceAll(
          '[secret]',
          ''
        )
        assert.ok(left.length <= 3, `${value} became ${text}`)
        const form = redactor.text(encodeURIComponent(value)).replaceAll('[secret]', '')
        if (value.length >= 6) assert.ok(form.length <= 9, `${value} became ${form}`)
      }
      for (const value of shown) assert.equal(redactor.text(`a ${value} b`), `a ${value} b`)
      assert.ok(!hidden.some((value) => redactor.text(secret).includes(value)))
    })
  }

  test('words, regions and names of hosts stay readable, also under a secret name', () => {
    const ordinary = ['true', 'admin', 'production', 'us-east-1', 'europe-west3', 'postgres', 'localhost']
    const redactor = new Redactor()
    redactor.learn(
      JSON.stringify(Object.fromEntries(ordinary.map((value, index) => [`token${index}`, value])))
    )
    for (const value of ordinary) assert.equal(redactor.text(value), value)
  })

  test('a document that is hostile to its reader is still taken out as a whole', () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    const bomb = `a: &a ["x","x","x"]\n${
      Array.from({ length: 12 }, (_, index) =>
        `${'bcdefghijklm'[index]}: &${'bcdefghijklm'[index]} ` +
        `[*${'abcdefghijkl'[index]},*${'abcdefghijkl'[index]},*${'abcdefghijkl'[index]}]`).join('\n')
    }`
    for (const secret of [deep, bomb, 'a: &a [*a]\nb: 1', '{'.repeat(5_000)]) {
      const redactor = new Redactor()
      redactor.learn(secret)
      assert.ok(redactor.text(`x ${secret} y`).length < 30)
    }
  })
})
