"""evalcore: how well e-commerce platforms serve people after the sale, evaluated reproducibly."""
