import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { machineOf, mermaid } from '#kernel';
import { kim } from './index.ts';

const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');

test.each(['application', 'instalment', 'payee'])('the drawing of the %s in README.md is the running machine', (name) => {
  const drawing = `<!-- ${name} -->\n\`\`\`mermaid\n${mermaid(machineOf(kim, name), { language: 'en' })}\`\`\`\n<!-- end -->`;
  // When this fails, the text below is what belongs into the README.
  expect(readme).toContain(drawing);
});
