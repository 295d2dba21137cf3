import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CliError } from '../../cli/errors.ts'
import { parseFault } from '../../cli/faults.ts'

test('a fault is read from pairs', () => {
  assert.deepEqual(parseFault('kind=fail,type=aws:ec2/vpc:Vpc,cluster=c1,times=2,operation=create'), {
    kind: 'fail',
    type: 'aws:ec2/vpc:Vpc',
    cluster: 'c1',
    times: 2,
    operation: 'create'
  })
  assert.deepEqual(parseFault('kind=slow,message=a\\, b=c'), { kind: 'slow', message: 'a, b=c' })
})

test('an impossible fault is refused with what would be right', () => {
  for (
    const text of [
      '',
      'kind',
      'kind=explode',
      'type=x',
      'kind=fail,color=red',
      'kind=fail,times=0',
      'kind=fail,times=x',
      'kind=fail,kind=slow',
      'kind=fail,cloud=ibm',
      'kind=fail,message='
    ]
  ) {
    assert.throws(
      () => parseFault(text),
      (error) => error instanceof CliError && error.exitCode === 2 && /expected|twice/.test(error.message),
      text
    )
  }
})
