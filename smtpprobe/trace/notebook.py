"""What was asked of the DNS in one trace, each question once, and how pure code gets its answers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from smtpprobe.journey import Answer, Asking, Question, T
from smtpprobe.names import Resolver


class Notebook:
    """Asks through a resolver and keeps every answer, in the order in which questions were first put."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver
        self._answers: dict[tuple[str, str], Answer | None] = {}

    @property
    def answers(self) -> tuple[Answer, ...]:
        return tuple([answer for answer in self._answers.values() if answer is not None])

    async def ask(self, question: Question) -> Answer:
        """One answer; never raises."""
        key = question.name.lower(), question.type
        self._answers.setdefault(key, None)
        answer = self._answers[key] = await self.resolver.ask(question)
        return answer

    def note(self, answers: Iterable[Answer]) -> None:
        """Keep what was asked elsewhere."""
        for answer in answers:
            self._answers[answer.name.lower(), answer.type] = answer

    async def answered(self, asking: Asking[T]) -> T:
        """Drive pure code that asks; what it asks at once is asked at once."""
        try:
            questions = next(asking)
            while True:
                questions = asking.send(tuple(await asyncio.gather(*map(self.ask, questions))))
        except StopIteration as end:
            result: T = end.value
            return result
