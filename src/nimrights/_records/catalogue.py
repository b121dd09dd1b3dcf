"""The tables of a dataset under their names."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from nimrights._records.record import Source, Term
    from nimrights._records.tables import Areas, Table
    from nimrights.models import (
        Advice,
        Body,
        Code,
        Decision,
        Document,
        Element,
        Finding,
        Instrument,
        Module,
        Municipality,
        Obligation,
        Practice,
        Provision,
        Question,
        Recommendation,
        Right,
        Step,
    )


class Catalogue(ABC):
    """Gives each table as a property."""

    @abstractmethod
    def table(self, name: str) -> Table[Any]:
        """Give a table by its name."""

    @property
    def sources(self) -> Table[Source]:
        """Where the facts were read."""
        return self.table("sources")

    @property
    def terms(self) -> Table[Term]:
        """Vocabulary values with their labels, such as ``group/children``."""
        return self.table("terms")

    @property
    def instruments(self) -> Table[Instrument]:
        """Legal texts."""
        return self.table("instruments")

    @property
    def provisions(self) -> Table[Provision]:
        """Articles and sections that something in the data refers to."""
        return self.table("provisions")

    @property
    def rights(self) -> Table[Right]:
        """Human rights."""
        return self.table("rights")

    @property
    def areas(self) -> Areas:
        """Policy areas, also by KOSTRA, Los, K-koder, SDG and law."""
        return cast("Areas", self.table("areas"))

    @property
    def obligations(self) -> Table[Obligation]:
        """Binding obligations of municipalities."""
        return self.table("obligations")

    @property
    def decisions(self) -> Table[Decision]:
        """Judgments."""
        return self.table("decisions")

    @property
    def bodies(self) -> Table[Body]:
        """Monitoring bodies."""
        return self.table("bodies")

    @property
    def documents(self) -> Table[Document]:
        """Documents of monitoring bodies about Norway."""
        return self.table("documents")

    @property
    def recommendations(self) -> Table[Recommendation]:
        """Recommendations to Norway; never binding."""
        return self.table("recommendations")

    @property
    def municipalities(self) -> Table[Municipality]:
        """Norwegian municipalities by number."""
        return self.table("municipalities")

    @property
    def codes(self) -> Table[Code]:
        """Codes of the schemes that municipal systems use."""
        return self.table("codes")

    @property
    def advice(self) -> Table[Advice]:
        """NIM's advice to municipalities; never binding."""
        return self.table("advice")

    @property
    def findings(self) -> Table[Finding]:
        """What was measured in municipalities."""
        return self.table("findings")

    @property
    def practices(self) -> Table[Practice]:
        """What cities, regions and authorities did."""
        return self.table("practices")

    @property
    def guide(self) -> Table[Step]:
        """Steps of the guide, in their order."""
        return self.table("guide")

    @property
    def course(self) -> Table[Module]:
        """Modules of the course, in their order."""
        return self.table("course")

    @property
    def questions(self) -> Table[Question]:
        """Questions of the course."""
        return self.table("questions")

    @property
    def city(self) -> Table[Element]:
        """Elements of a human rights city, in their order."""
        return self.table("city")
