// What `pulumi --policy-pack policies` starts. JavaScript, so that the CLI's own TypeScript
// compiler has nothing to do: Node runs pack.ts as it is.
import './pack.ts'
