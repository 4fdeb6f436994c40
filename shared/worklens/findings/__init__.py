"""What is worth telling about a history, as keys with parameters and evidence; put into words only when shown."""

from worklens.findings.catalogue import LANGUAGES, action, text, why
from worklens.findings.model import Finding, TaskRef

__all__ = ["LANGUAGES", "Finding", "TaskRef", "action", "text", "why"]
