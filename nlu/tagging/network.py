"""The network: MiniLM's layers and one linear layer, which scores the tags of a word by its first piece.

The scheme of Devlin et al. 2019 (§5.3) on all-MiniLM-L6-v2 (Wang et al. 2020). Needs the build group.
"""

from pathlib import Path
from typing import Any

import torch
from torch import nn


class PieceTagger(nn.Module):
    """Scores (sentences, words, tags) of pieces (sentences, p) and the places of first pieces (sentences, words)."""

    def __init__(self, folder: Path, *, tags: int, dropout: float) -> None:
        from transformers import AutoModel
        from transformers.utils import logging

        super().__init__()
        said: Any = logging  # it reports of the weights that a tagger has no use for
        said.disable_progress_bar()
        said.set_verbosity_error()
        self.encoder: Any = AutoModel.from_pretrained(str(folder), add_pooling_layer=False, attn_implementation="sdpa")
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(self.encoder.config.hidden_size, tags)
        # Sentences by the thousand move few of the 30,000 words: leaving them saves a tenth of the time and what the
        # encoder knows of the others.
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)  # noqa: FBT003

    def forward(self, ids: torch.Tensor, first: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        """mask (sentences, p) is 1 for pieces and 0 for padding; None where there is no padding."""
        mask = torch.ones_like(ids) if mask is None else mask
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        words = torch.gather(hidden, 1, first.unsqueeze(-1).expand(-1, -1, hidden.size(-1)))
        scores: torch.Tensor = self.head(self.dropout(words))
        return scores
