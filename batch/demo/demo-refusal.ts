/** A reason not to begin, in one line for the person at the command line. */
export class DemoRefusal extends Error {
  override readonly name = 'DemoRefusal';
}
