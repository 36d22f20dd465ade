const ANSWERS_KEPT = 20_000;

/**
 * The same pure function, computing each answer once: a case's clocks ask for the same few days again and again, and
 * a time zone or Easter takes long to compute. Forgets everything when full, so that wild dates cannot fill the memory.
 */
export function remembered<Q, A>(compute: (question: Q) => A): (question: Q) => A {
  const answers = new Map<Q, { readonly answer: A }>();
  return (question) => {
    const known = answers.get(question);
    if (known !== undefined) return known.answer;

    const answer = compute(question);
    if (answers.size >= ANSWERS_KEPT) answers.clear();
    answers.set(question, { answer });
    return answer;
  };
}
