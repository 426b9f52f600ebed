"""How server and application speak about a piece of an upload that is written to its place while it comes.

In the environ LENGTH is the length that was announced, and RECEIVED how much is there, once it came. The answer to an
announced piece names file, offset and the size of the whole, as JSON, in the header WHERE, which no client ever sees;
once the piece is there it is the client's answer too, with the new OFFSET, unless the piece was the last one.
"""

LENGTH = "frontdesk.piece_length"
RECEIVED = "frontdesk.piece_received"
OFFSET = "Upload-Offset"
WHERE = "Frontdesk-Piece-To"
