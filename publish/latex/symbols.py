"""The commands that stand for one character, and those that stand for an upright word."""

from __future__ import annotations


def names(text: str) -> list[str]:
    """The words of a table that is easier to read without quotes and commas."""
    return text.split()


GREEK = dict(
    zip(
        names("""alpha beta gamma delta zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau
        upsilon chi psi omega epsilon varepsilon phi varphi vartheta varpi varrho varsigma varkappa
        Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega omicron"""),
        names(
            "α β γ δ ζ η θ ι κ λ μ ν ξ π ρ σ τ υ χ ψ ω ϵ ε ϕ φ ϑ ϖ ϱ ς ϰ Γ Δ Θ Λ Ξ Π Σ Υ Φ Ψ Ω ο"
        ),
        strict=True,
    )
)
"""Greek letters; what LaTeX calls epsilon and phi are not the letters that Typst calls so."""

_PLAIN = """
le ≤ leq ≤ leqslant ⩽ ge ≥ geq ≥ geqslant ⩾ lt < gt > ne ≠ neq ≠ ll ≪ gg ≫ lll ⋘ ggg ⋙
approx ≈ approxeq ≊ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ varpropto ∝ asymp ≍ doteq ≐ triangleq ≜
coloneqq ≔ coloneq ≔ eqqcolon ≕ prec ≺ succ ≻ preceq ⪯ succeq ⪰ preccurlyeq ≼ succcurlyeq ≽
lesssim ≲ gtrsim ≳ lessgtr ≶ gtrless ≷ precsim ≾ succsim ≿ eqsim ≂ thicksim ∼ thickapprox ≈
nsim ≁ ncong ≇ nleq ≰ ngeq ≱ nless ≮ ngtr ≯
in ∈ ni ∋ owns ∋ notin ∉ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋
nsubseteq ⊈ nsupseteq ⊉ sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒
mid ∣ nmid ∤ parallel ∥ nparallel ∦ perp ⟂ vdash ⊢ dashv ⊣ models ⊧ vDash ⊨ bowtie ⋈ smile ⌣ frown ⌢
pm ± mp ∓ times × div ÷ cdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘
odot ⊙ cap ∩ cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔ setminus ∖ smallsetminus ∖ wedge ∧ land ∧ vee ∨ lor ∨
dagger † ddagger ‡ amalg ⨿ intercal ⊺ wr ≀ diamond ⋄ boxplus ⊞ boxtimes ⊠ boxminus ⊟ ltimes ⋉
rtimes ⋊ to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐
Leftrightarrow ⇔ implies ⟹ impliedby ⟸ iff ⟺ longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷
Longrightarrow ⟹ Longleftarrow ⟸ Longleftrightarrow ⟺ mapsto ↦ longmapsto ⟼ hookrightarrow ↪
hookleftarrow ↩ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ Updownarrow ⇕ nearrow ↗
searrow ↘ swarrow ↙ nwarrow ↖ rightharpoonup ⇀ rightharpoondown ⇁ leftharpoonup ↼ leftharpoondown ↽
rightleftharpoons ⇌ rightsquigarrow ⇝ leadsto ⇝ nrightarrow ↛ nleftarrow ↚ nRightarrow ⇏
twoheadrightarrow ↠ rightrightarrows ⇉ rightleftarrows ⇄ upharpoonright ↾ restriction ↾
infty ∞ partial ∂ nabla ∇ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ emptyset ∅ varnothing ∅
ell ℓ hbar ℏ hslash ℏ Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ imath ı jmath ȷ top ⊤ bot ⊥
angle ∠ measuredangle ∡ triangle △ bigtriangleup △ triangledown ▽ square □ Box □ blacksquare ■
lozenge ◊ prime ′ backprime ‵ therefore ∴ because ∵ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠
flat ♭ natural ♮ sharp ♯ surd √ checkmark ✓ degree ° complement ∁ mho ℧ S § P ¶ pounds £
dots … ldots … dotsc … cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ vdots ⋮ ddots ⋱ iddots ⋰
lvert | rvert | vert | lVert ‖ rVert ‖ Vert ‖ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉
lbrace { rbrace } lbrack [ rbrack ] lparen ( rparen ) llbracket ⟦ rrbracket ⟧ lgroup ⟮ rgroup ⟯
ulcorner ⌜ urcorner ⌝ llcorner ⌞ lrcorner ⌟ backslash \\
"""
_words = names(_PLAIN)
SYMBOLS = GREEK | dict(zip(_words[::2], _words[1::2], strict=True))
"""Command without its backslash to character."""

ESCAPED = dict(zip("{}|%#&_$", "{}‖%#&_$", strict=True))
"""A sign after a backslash to what it stands for."""

LARGE = dict(
    zip(
        names("""sum prod coprod int iint iiint iiiint oint oiint bigcup bigcap bigvee bigwedge
        bigoplus bigotimes bigodot biguplus bigsqcup"""),
        names("∑ ∏ ∐ ∫ ∬ ∭ ⨌ ∮ ∯ ⋃ ⋂ ⋁ ⋀ ⨁ ⨂ ⨀ ⨄ ⨆"),
        strict=True,
    )
)
"""Operators that grow in a displayed formula."""

FUNCTIONS = {
    name: name
    for name in names("""sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth log ln
    lg exp arg deg dim hom ker""")
}
"""Upright functions, whose scripts stand to the right."""

LIMITS = {
    **{name: name for name in names("lim max min sup inf det gcd Pr")},
    "limsup": "lim sup",
    "liminf": "lim inf",
    "argmax": "arg max",
    "argmin": "arg min",
    "injlim": "inj lim",
    "projlim": "proj lim",
}
"""Upright functions, whose subscript stands below in a displayed formula."""

SPACES = {
    ",": 3 / 18,
    "thinspace": 3 / 18,
    ":": 4 / 18,
    ">": 4 / 18,
    "medspace": 4 / 18,
    ";": 5 / 18,
    "thickspace": 5 / 18,
    "!": -3 / 18,
    "negthinspace": -3 / 18,
    "negmedspace": -4 / 18,
    "negthickspace": -5 / 18,
    " ": 1 / 3,
    "space": 1 / 3,
    "nobreakspace": 1 / 3,
    "enspace": 0.5,
    "quad": 1.0,
    "qquad": 2.0,
}
"""Widths in em."""

ACCENTS = {
    "hat": "hat",
    "bar": "macron",
    "tilde": "tilde",
    "vec": "arrow",
    "dot": "dot",
    "ddot": "dot.double",
    "dddot": "dot.triple",
    "check": "caron",
    "breve": "breve",
    "acute": "acute",
    "grave": "grave",
    "mathring": "circle",
}
"""Command to the accent's name in Typst."""

STRETCHED = {
    "widehat": "hat",
    "widetilde": "tilde",
    "overline": "overline",
    "underline": "underline",
    "overrightarrow": "arrow",
    "overleftarrow": "arrow.l",
    "overleftrightarrow": "arrow.l.r",
}
"""Accents as wide as what they are on."""

STYLES = {
    "mathbf": "bold(upright({}))",
    "boldsymbol": "bold({})",
    "bm": "bold({})",
    "pmb": "bold({})",
    "symbf": "bold(upright({}))",
    "mathrm": "upright({})",
    "mathup": "upright({})",
    "symrm": "upright({})",
    "mathit": "italic({})",
    "mathnormal": "italic({})",
    "mathsf": "upright(sans({}))",
    "mathtt": "upright(mono({}))",
    "mathbb": "bb({})",
    "mathbbm": "bb({})",
    "mathds": "bb({})",
    "Bbb": "bb({})",
    "mathcal": "cal({})",
    "mathscr": "scr({})",
    "mathfrak": "frak({})",
}
"""Letters of another style: how Typst says it."""

SWITCHES = {
    "rm": "upright({})",
    "bf": "bold(upright({}))",
    "it": "italic({})",
    "sf": "upright(sans({}))",
    "tt": "upright(mono({}))",
}
"""Old commands for the style of all that follows."""

TEXTS = {
    "text": "upright({})",
    "textrm": "upright({})",
    "textnormal": "upright({})",
    "mbox": "upright({})",
    "textup": "upright({})",
    "textbf": "upright(bold({}))",
    "textit": "italic({})",
    "emph": "italic({})",
    "textsf": "upright(sans({}))",
    "texttt": "upright(mono({}))",
}
"""Words, whose blanks are set."""

NEGATED = {"∣": "∤", "∥": "∦"}
"""What ``\\not`` makes of signs whose negation Unicode does not compose; see `parser`."""
