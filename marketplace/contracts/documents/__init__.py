"""Contracts as sealed PDF documents: drawn, sealed and kept once for each state, and checked for whoever holds one."""

from marketplace.contracts.documents.checking import LARGEST_BYTES as LARGEST_BYTES
from marketplace.contracts.documents.checking import DocumentVerdict as DocumentVerdict
from marketplace.contracts.documents.checking import Finding as Finding
from marketplace.contracts.documents.checking import SignatureVerdict as SignatureVerdict
from marketplace.contracts.documents.checking import verdict as verdict
from marketplace.contracts.documents.keeping import faults as faults
from marketplace.contracts.documents.keeping import sealed as sealed
from marketplace.contracts.documents.running import fetching as fetching
from marketplace.contracts.documents.running import verifying as verifying
