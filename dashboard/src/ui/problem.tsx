import { ApiError, type Problem as ProblemDocument } from '../api/client.ts'
import { Note } from './note.tsx'

/** Issues of one problem that are shown: more than these have one cause. */
const shownIssues = 20

function Issue ({ issue }: { issue: NonNullable<ProblemDocument['errors']>[number] }) {
  const where = issue.file ? `${issue.file}:${issue.line ?? ''} ` : ''
  return (
    <li>
      <code>{where}{issue.field}</code> {issue.message}: expected {issue.expected}
    </li>
  )
}

/** The failure of a request: its text, each issue, and the code to look up. */
export function Problem ({ error, title }: { error: Error, title?: string }) {
  const problem = error instanceof ApiError ? error.problem : undefined
  const issues = problem?.errors ?? []
  return (
    <Note state='failed' role='alert'>
      {title && <strong>{title}:{' '}</strong>}
      {issues.length > 1
        ? <ul>{issues.slice(0, shownIssues).map((issue, index) => <Issue key={index} issue={issue} />)}</ul>
        : error.message}
      {problem && (
        <div className='hint'>
          <code>{problem.code}</code> · request {problem.requestId}
          {problem.retryable ? ' · trying again may help' : ''}
        </div>
      )}
    </Note>
  )
}
